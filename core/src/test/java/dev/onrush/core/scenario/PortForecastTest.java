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
import dev.onrush.core.scenario.PortForecast.Taker;

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
        Taker first = constant(300, ofMinutes(2));
        Taker later = profile(new NothingFor(ofMinutes(4)), new ConstantRate(300, ofMinutes(2)));

        assertThat(PortForecast.warning(List.of(first, first), 28_232)).isPresent();
        assertThat(PortForecast.warning(List.of(first, later), 28_232)).isEmpty();
    }

    @Test
    void seesAPeak() {
        Taker peak = profile(
                new ConstantRate(1, ofMinutes(10)), new AtOnceUsers(40_000), new ConstantRate(1, ofMinutes(10)));

        assertThat(PortForecast.warning(List.of(peak), 28_232)).isPresent();
    }

    @Test
    void countsTheUsersOfThisGeneratorOnly() {
        OpenProfile profile = constant(500, ofMinutes(5)).profile();

        assertThat(PortForecast.warning(List.of(new Taker(profile, 2)), 28_232)).isEmpty();
    }

    private static Taker constant(double usersPerSecond, Duration length) {
        return profile(new ConstantRate(usersPerSecond, length));
    }

    private static Taker profile(OpenStep... steps) {
        return new Taker(new OpenProfile(List.of(steps)), 1);
    }
}
