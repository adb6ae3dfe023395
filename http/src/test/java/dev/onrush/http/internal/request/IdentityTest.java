package dev.onrush.http.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.check.Check;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.scenario.ExecStep;
import dev.onrush.core.scenario.LoopStep;
import dev.onrush.core.scenario.LoopTest;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.dsl.Bridge;
import dev.onrush.testkit.LeakProbe;
import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** A response belongs to the request it answers, whatever happens around it. */
@Timeout(120)
class IdentityTest {
    private static final int USERS = 100;
    private static final int TURNS = 1000;

    /** One in a hundred is reset, one in two hundred is never answered. */
    private static TruthResponse answer(TruthRequest request) {
        int kind =
                Math.floorMod(request.header(TruthRequest.ID_HEADER).orElse("").hashCode(), 1000);
        if (kind < 10) {
            return TruthResponse.reset();
        }
        if (kind < 15) {
            return TruthResponse.never();
        }
        TruthResponse answer = TruthResponse.ok("ok");
        return kind < 30 ? answer.after(Duration.ofMillis(kind - 15)) : answer;
    }

    @Test
    void everyResponseAnswersItsOwnRequest() {
        HttpRun run = new HttpRun(HttpRun.ioThreads(4));
        try (var probe = LeakProbe.watching("io-", "loop-", "control", "blocking-");
                var server = TruthServer.setup()
                        .otherwise(IdentityTest::answer)
                        .keepEntries(false)
                        .start()) {
            Check echo = Bridge.check(Bridge.multipleFind(new HeaderFinder(Expression.constant(TruthRequest.ID_HEADER)))
                    .is(s -> s.getString("id")));
            var request = HttpRun.request("x", "POST", server.url("/")).with(facts -> {
                facts.header(new HeaderField(TruthRequest.ID_HEADER, ExpressionCompiler.text("#{id}")));
                facts.checks(List.of(echo));
                facts.timeoutNanos = 100_000_000L;
            });
            run.run(
                    USERS,
                    new LoopStep(
                            "repeat",
                            new LoopTest.Times(Expression.constant(TURNS)),
                            "turn",
                            false,
                            false,
                            List.of(
                                    new ExecStep(
                                            session -> session.set(
                                                    "id", session.identity().userId() + "-" + session.get("turn")),
                                            HttpRun.HERE),
                                    request),
                            HttpRun.HERE));

            var classes = run.samples.stream()
                    .collect(Collectors.groupingBy(HttpRun.Sample::errorClass, Collectors.counting()));
            assertThat(run.samples)
                    .hasSize(USERS * TURNS)
                    .noneMatch(sample -> sample.outcome() == RequestSample.UNFINISHED);
            assertThat(classes.keySet()).isSubsetOf("", "read.reset", "keepalive.stale", "timeout.total");
            // what timed out may not have left
            assertThat(server.ledger().arrivals())
                    .isBetween(
                            run.samples.size() - classes.getOrDefault("timeout.total", 0L), (long) run.samples.size());
        }
    }
}
