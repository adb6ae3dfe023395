package dev.onrush.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

import org.junit.jupiter.api.Test;

class SynBlackHoleTest {
    @Test
    void leavesEveryConnectHanging() throws Exception {
        try (var hole = SynBlackHole.start()) {
            for (int i = 0; i < 5; i++) {
                try (var socket = new Socket()) {
                    long beginNanos = System.nanoTime();

                    assertThatThrownBy(() -> socket.connect(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), hole.port()), 200))
                            .isInstanceOf(SocketTimeoutException.class);
                    // The JDK counts a connect's time in milliseconds and may be one short.
                    assertThat(System.nanoTime() - beginNanos).isGreaterThanOrEqualTo(195_000_000);
                }
            }
        }
    }
}
