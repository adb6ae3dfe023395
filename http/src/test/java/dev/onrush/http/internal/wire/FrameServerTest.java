package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import dev.onrush.testkit.FrameServer;

/** HTTP/2 against a server that sends whatever frames a test wants: what such tests share. */
@Timeout(20)
abstract class FrameServerTest {
    TestEnvironment environment;
    Wire wire;
    SharedConnections pool;

    @BeforeEach
    void open() {
        environment = new TestEnvironment(2);
        wire = new Wire(
                environment,
                new WireOptions(
                        60_000_000_000L,
                        true,
                        false,
                        NameOptions.DEFAULT,
                        LocalAddresses.ANY,
                        new Http2Options(true, Map.of("127.0.0.1", true))));
        wire.start();
        pool = new SharedConnections(wire, Integer.MAX_VALUE);
    }

    @AfterEach
    void close() {
        pool.close();
        wire.close();
        environment.close();
    }

    static Origin origin(FrameServer server) {
        return new Origin(false, "127.0.0.1", server.port());
    }

    static final Timeouts PATIENT = new Timeouts(3_000_000_000L, 3_000_000_000L, 4_000_000_000L);

    TestUser user() {
        return new TestUser(wire, pool);
    }

    /** As users do: what was not sent because its connection was gone is sent on another one. */
    static TestUser.Result get(TestUser user, Origin origin) {
        TestUser.Result result;
        do {
            result = user.send(origin, new WireRequest("GET", origin, "/", List.of(), null), PATIENT);
        } while (result.outcome() == Outcome.UNSENT);
        return result;
    }

    TestUser.Result get(Origin origin) {
        return get(user(), origin);
    }

    static CompletableFuture<TestUser.Result> meanwhile(Supplier<TestUser.Result> request) {
        CompletableFuture<TestUser.Result> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(request.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    static WireRequest post(Origin origin, byte[] body) {
        return new WireRequest("POST", origin, "/", List.of(new BasicHeader("Content-Type", "text/plain")), body);
    }

    static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
