package dev.onrush.http.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.check.Check;
import dev.onrush.core.scenario.ExecStep;
import dev.onrush.core.scenario.LoopStep;
import dev.onrush.core.scenario.LoopTest;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.dsl.Bridge;
import dev.onrush.testkit.TruthServer;

/** What one plain request costs in garbage, the engine and a copy of its sample included. */
@Timeout(60)
class AllocationTest {
    private static final int TURNS = 30_000;
    private static final long MOST_BYTES = 4096;

    private long bytesBefore;
    private long bytesAfter;

    private static long allocatedByIoThreads() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("io-")) {
                sum += threads.getThreadAllocatedBytes(id);
            }
        }
        return sum;
    }

    @Test
    void plainRequestLeavesLittleGarbage() {
        HttpRun run = new HttpRun();
        try (var server = TruthServer.setup().keepEntries(false).start()) {
            Check is200 = Bridge.check(Bridge.find(new StatusFinder()).is(200));
            var request = HttpRun.get("x", server.url("/items/7")).with(facts -> facts.checks(List.of(is200)));
            run.run(
                    1,
                    loop(5_000, request),
                    new ExecStep(session -> before(session), HttpRun.HERE),
                    loop(TURNS, request),
                    new ExecStep(session -> after(session), HttpRun.HERE));

            long perRequest = (bytesAfter - bytesBefore) / TURNS;
            assertThat(perRequest).isBetween(1L, MOST_BYTES);
        }
    }

    private UserSession before(UserSession session) {
        bytesBefore = allocatedByIoThreads();
        return session;
    }

    private UserSession after(UserSession session) {
        bytesAfter = allocatedByIoThreads();
        return session;
    }

    private static LoopStep loop(int times, RequestDefinition request) {
        return new LoopStep(
                "repeat",
                new LoopTest.Times(Expression.constant(times)),
                "turn" + times,
                false,
                false,
                List.of(request),
                HttpRun.HERE);
    }
}
