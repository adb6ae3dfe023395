package dev.onrush.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class HiccupProbeTest {
    @Test
    void seesAFrozenJvm() throws Exception {
        try (var run = ChildRun.of(Measures.class).start()) {
            run.awaitLine("measuring", ofSeconds(20));
            run.signal(ChildSignal.STOP);
            long beginNanos = System.nanoTime();
            await().until(() -> System.nanoTime() - beginNanos > 300_000_000);
            run.signal(ChildSignal.CONT);

            String[] worst = run.awaitLine("^stalled", ofSeconds(20)).split(" ", -1);

            assertThat(ofMillis(Long.parseLong(worst[1]))).isBetween(ofMillis(250), ofSeconds(2));
        }
    }

    static final class Measures {
        public static void main(String[] args) {
            try (var probe = HiccupProbe.start()) {
                System.out.println("measuring");
                while (probe.worst().toMillis() < 250) {
                    Thread.onSpinWait();
                }
                System.out.println("stalled " + probe.worst().toMillis());
            }
        }
    }
}
