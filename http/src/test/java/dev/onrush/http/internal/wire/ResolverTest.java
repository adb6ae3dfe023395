package dev.onrush.http.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.onrush.core.time.ManualClock;

class ResolverTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Deque<Runnable> blocking = new ArrayDeque<>();
    private List<String> addresses = List.of("192.0.2.1");
    private final Resolver resolver = new Resolver(
            blocking::add,
            clock::nanoTime,
            this::lookUp,
            Duration.ofSeconds(30).toNanos(),
            Map.of("alias.test", List.of(InetAddress.getLoopbackAddress())));

    private InetAddress[] lookUp(String name) throws UnknownHostException {
        asked.add(name);
        if (addresses.isEmpty()) {
            throw new UnknownHostException(name);
        }
        InetAddress[] found = new InetAddress[addresses.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses.get(i));
        }
        return found;
    }

    private void resolve(String name) {
        resolver.resolve(
                name,
                (found, isLookedUp) -> told.add(
                        Arrays.stream(found).map(InetAddress::getHostAddress).toList() + (isLookedUp ? " new" : "")),
                failure -> told.add(failure.toString()));
        while (!blocking.isEmpty()) {
            blocking.remove().run();
        }
    }

    private void pass(Duration time) {
        clock.advanceTo(clock.nanoTime() + time.toNanos());
    }

    @Test
    void keepsAnAnswerForItsTime() {
        resolve("shop.test");
        pass(Duration.ofMillis(29_999));
        resolve("shop.test");
        addresses = List.of("192.0.2.2");
        pass(Duration.ofMillis(1));
        resolve("shop.test");

        assertThat(told).containsExactly("[192.0.2.1] new", "[192.0.2.1]", "[192.0.2.2] new");
        assertThat(asked).hasSize(2);
    }

    @Test
    void asksAgainASecondAfterAFailure() {
        addresses = List.of();
        resolve("shop.test");
        pass(Duration.ofMillis(999));
        resolve("shop.test");
        addresses = List.of("192.0.2.1");
        pass(Duration.ofMillis(1));
        resolve("shop.test");

        assertThat(told)
                .containsExactly(
                        "java.net.UnknownHostException: shop.test",
                        "java.net.UnknownHostException: shop.test",
                        "[192.0.2.1] new");
        assertThat(asked).hasSize(2);
    }

    @Test
    void leavesOutAddressesThatAreNoHost() {
        addresses = List.of("0.0.0.0", "192.0.2.1", "::");
        resolve("shop.test");
        addresses = List.of("0.0.0.0");
        resolve("blocked.test");
        resolve("0.0.0.0");

        assertThat(told)
                .containsExactly(
                        "[192.0.2.1] new",
                        "java.io.IOException: its address is 0.0.0.0, which is no host",
                        "[0.0.0.0]");
    }

    @Test
    void doesNotAskForAddresses() {
        resolve("192.0.2.7");
        resolve("::1");

        assertThat(told).containsExactly("[192.0.2.7]", "[0:0:0:0:0:0:0:1]");
        assertThat(asked).isEmpty();
    }
}
