package dev.onrush.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapNeedTest {
    private static final long GIB = 1 << 30;

    @Test
    void saysWhatUsersTakeAndWhatThereIs() {
        assertThat(new HeapNeed(20_000_000).problem(GIB))
                .contains("the profile wants 20000000 users at once, who take at least 2861 MiB of heap, and this JVM"
                        + " may use 1024 MiB. Start it with more, as in -Xmx6g, or let fewer users come at once.");
    }

    @Test
    void refusesNothingThatMightFit() {
        long most = GIB / HeapNeed.BYTES_PER_USER;

        assertThat(new HeapNeed(most).problem(GIB)).isEmpty();
        assertThat(new HeapNeed(most + 1).problem(GIB)).isPresent();
        assertThat(new HeapNeed(0).problem(0)).isEmpty();
    }
}
