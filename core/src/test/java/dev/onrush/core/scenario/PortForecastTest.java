package dev.onrush.core.scenario;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.ConstantRate;
import dev.onrush.core.injection.NothingFor;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.core.injection.OpenStep;

class PortForecastTest {
    @Test
    void warnsWhereUsersOfAMinuteAreMoreThanThePorts() {
        assertThat(PortForecast.warning(List.of(constant(500, ofMinutes(5))), 28_232))
                .contains(
                        "30000 users start within 60 s, each with a connection of its own, and this machine has 28232 local ports"
                                + " for connections to one address; a closed one stays taken for 60 s. Requests may fail as"
                                + " local.ports: use shareConnections() or closeWithReset(), more target addresses, or a wider"
                                + " net.ipv4.ip_local_port_range.");
    }

    @Test
    void doesNotWarnWhereTheyAreNot() {
        assertThat(PortForecast.warning(List.of(constant(470, ofMinutes(5))), 28_232))
                .isEmpty();
        assertThat(PortForecast.warning(List.of(constant(2000, ofSeconds(14))), 28_232))
                .isEmpty();
        assertThat(PortForecast.warning(List.of(), 28_232)).isEmpty();
        assertThat(PortForecast.warning(List.of(constant(500, ofMinutes(5))), -1))
                .isEmpty();
    }

    @Test
    void addsUpScenariosThatRunAtTheSameTimeOnly() {
        OpenProfile first = constant(300, ofMinutes(2));
        OpenProfile later = profile(new NothingFor(ofMinutes(4)), new ConstantRate(300, ofMinutes(2)));

        assertThat(PortForecast.warning(List.of(first, first), 28_232)).isPresent();
        assertThat(PortForecast.warning(List.of(first, later), 28_232)).isEmpty();
    }

    @Test
    void seesAPeak() {
        OpenProfile peak = profile(
                new ConstantRate(1, ofMinutes(10)), new AtOnceUsers(40_000), new ConstantRate(1, ofMinutes(10)));

        assertThat(PortForecast.warning(List.of(peak), 28_232)).isPresent();
    }

    private static OpenProfile constant(double usersPerSecond, Duration length) {
        return profile(new ConstantRate(usersPerSecond, length));
    }

    private static OpenProfile profile(OpenStep... steps) {
        return new OpenProfile(List.of(steps));
    }
}
