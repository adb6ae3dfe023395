package dev.onrush.http.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
    @ParameterizedTest(name = "of {0} free ones {1} are for sockets")
    @CsvSource({"1000, 936", "128, 64", "100, 50", "1, 1", "0, 0"})
    void keepsSomeInReserve(int free, int sockets) {
        Descriptors descriptors = Descriptors.ofFree(free);
        int taken = 0;
        while (descriptors.take()) {
            taken++;
        }

        assertThat(taken).isEqualTo(sockets);
        assertThat(descriptors.taken()).isEqualTo(sockets);
    }

    @Test
    void takesWhatWasGivenBack() {
        Descriptors descriptors = Descriptors.ofFree(2);

        assertThat(descriptors.take()).isTrue();
        assertThat(descriptors.take()).isFalse();
        descriptors.giveBack();
        assertThat(descriptors.take()).isTrue();
    }
}
