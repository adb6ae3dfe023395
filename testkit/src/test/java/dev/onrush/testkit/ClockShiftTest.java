package dev.onrush.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

class ClockShiftTest {
    private static final Duration NEAR = Duration.ofMinutes(1);

    /** Tells both clocks every 100 ms, as waited for on the monotonic one. */
    static final class Tells {
        public static void main(String[] arguments) {
            long start = System.nanoTime();
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                System.out.println(System.nanoTime() + " " + Instant.now());
                long until = start + (i + 1) * 100_000_000L;
                for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
        }
    }

    private record Told(long nanos, Instant wall) {
        static Told of(String line) {
            String[] parts = line.split(" ", -1);
            return new Told(Long.parseLong(parts[0]), Instant.parse(parts[1]));
        }
    }

    @Test
    void movesTheWallClockOfAChildAndNoOther() throws Exception {
        assumeTrue(ClockShift.isAvailable(), "libfaketime is needed to set a clock");
        long beganNanos = System.nanoTime();
        try (ClockShift clock = ClockShift.none();
                ChildRun run =
                        clock.in(ChildRun.of(Tells.class).arguments("15")).start()) {
            run.awaitLine("Z", Duration.ofSeconds(20));
            clock.ahead(Duration.ofHours(1));
            List<Told> told = run.await(Duration.ofSeconds(20)).out().stream()
                    .map(Told::of)
                    .toList();

            assertThat(told).hasSize(15);
            assertThat(told.get(0).wall).isBetween(Instant.now().minus(NEAR), Instant.now());
            assertThat(told.get(14).wall)
                    .isBetween(
                            Instant.now().plus(Duration.ofHours(1)).minus(NEAR),
                            Instant.now().plus(Duration.ofHours(1)));
            assertThat(told.get(0).nanos).isGreaterThan(beganNanos);
            assertThat(told.get(14).nanos - told.get(0).nanos)
                    .isBetween(1_400_000_000L, System.nanoTime() - beganNanos);
        }
    }

    @Test
    void showsAnotherTimeFromTheStart() throws Exception {
        assumeTrue(ClockShift.isAvailable(), "libfaketime is needed to set a clock");
        Instant then = Instant.parse("2026-03-29T00:59:58Z");
        try (ClockShift clock = ClockShift.to(then);
                ChildRun run = clock.in(ChildRun.of(Tells.class).arguments("1")).start()) {
            Told told = Told.of(run.await(Duration.ofSeconds(20)).out().get(0));

            assertThat(told.wall).isBetween(then.minusSeconds(1), then.plus(NEAR));
        }
    }
}
