package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.TestCertificates;

/** One run against many targets at once, each with a fault of its own, and what came of it. */
final class FaultRun implements AutoCloseable {
    /** A simulation is made by its class alone, so the run that is about to start stands here. */
    private static volatile @Nullable FaultRun current;

    private final boolean isTls;
    private final int users;
    private final int requestsEach;
    private final Duration deadline;
    private final Duration lastPause;
    private final List<Target> targets = new ArrayList<>();

    private record Target(TargetFault fault, FaultServer server) {}

    /** Plays faults to so many users for each, who ask so many times each; {@code lastPause} keeps them present. */
    FaultRun(
            boolean isTls,
            int users,
            int requestsEach,
            Duration deadline,
            Duration lastPause,
            List<TargetFault> faults) {
        this.isTls = isTls;
        this.users = users;
        this.requestsEach = requestsEach;
        this.deadline = deadline;
        this.lastPause = lastPause;
        for (TargetFault fault : faults) {
            if (expected(fault) != null) {
                targets.add(new Target(
                        fault,
                        isTls
                                ? FaultServer.startTls(
                                        TestCertificates.server(TestCertificates.Kind.VALID), fault.script())
                                : FaultServer.start(fault.script())));
            }
        }
    }

    private @Nullable String expected(TargetFault fault) {
        return isTls ? fault.underTls() : fault.inClear();
    }

    /** All its users at their faults. */
    static final class Faulty extends Simulation {
        {
            FaultRun run = java.util.Objects.requireNonNull(current);
            setUp(run.targets.stream().map(run::population).toList())
                    .protocols(http.requestTimeout(run.deadline))
                    .seed(1);
        }
    }

    private PopulationBuilder population(Target target) {
        return scenario(target.fault().name())
                .repeat(requestsEach)
                .on(target.fault().request(target.server().url("/")))
                .pause(lastPause)
                .injectOpen(rampUsers(users).during(Duration.ofSeconds(1)));
    }

    /** Runs it and asserts what holds for all faults, whatever the machine does: counts, classes, connections, invariants. */
    Outcome run(Path results) {
        current = this;
        List<Long> accepted = new ArrayList<>();
        CloseWaits closeWaits = CloseWaits.watching(
                targets.stream().map(target -> target.server().port()).toList());
        TrialRun run;
        try {
            run = Trial.of(Faulty.class, results)
                    .trustingTestAuthority()
                    .afterwards(() -> {
                        targets.forEach(target -> accepted.add(target.server().connectionsAccepted()));
                        closeWaits.close();
                        close();
                    })
                    .run();
        } finally {
            current = null;
            closeWaits.close();
        }
        Outcome outcome = new Outcome(run);
        Map<String, List<LogFacts.Request>> byName = run.log().requests.stream()
                .filter(LogFacts.Request::counts)
                .collect(Collectors.groupingBy(LogFacts.Request::name));
        for (int i = 0; i < targets.size(); i++) {
            look(targets.get(i).fault(), byName, accepted.get(i), outcome);
            Duration closeWait = closeWaits.longest(targets.get(i).server().port());
            outcome.closeWaitMillis = Math.max(outcome.closeWaitMillis, closeWait.toMillis());
        }
        Duration profile = Duration.ofSeconds(1).plus(lastPause).plus(deadline.multipliedBy(requestsEach));
        Invariants invariants = Invariants.hold(run)
                .scheduled((long) targets.size() * users)
                .open()
                .ended(profile, 0);
        targets.forEach(target -> invariants.due(target.fault().name(), (long) users * requestsEach));
        return outcome;
    }

    private void look(TargetFault fault, Map<String, List<LogFacts.Request>> byName, long accepted, Outcome outcome) {
        List<LogFacts.Request> requests = byName.getOrDefault(fault.name(), List.of());
        long asked = (long) users * requestsEach;
        Map<String, Long> seen = new TreeMap<>(
                requests.stream().collect(Collectors.groupingBy(LogFacts.Request::errorClass, Collectors.counting())));
        String expected = expected(fault);
        if (!seen.equals(Map.of(String.valueOf(expected), asked))) {
            outcome.wrong.add(fault.name() + ": expected " + asked + " x \"" + expected + "\", was " + seen);
            return;
        }
        long connections = switch (fault.use()) {
            case ONCE -> asked;
            case KEPT -> users;
            case ANY -> accepted;
        };
        if (accepted != connections) {
            outcome.wrong.add(fault.name() + ": expected " + connections + " connections, were " + accepted);
        }
        requests.stream()
                .mapToLong(LogFacts.Request::bytesReceived)
                .filter(bytes -> bytes < fault.bytesReceived())
                .findAny()
                .ifPresent(bytes -> outcome.wrong.add(
                        fault.name() + ": " + bytes + " bytes received, at least " + fault.bytesReceived()));
        if (fault.atDeadline()) {
            for (LogFacts.Request request : requests) {
                long late = request.endNanos() - request.actualNanos() - deadline.toNanos();
                if (late < 0) {
                    outcome.wrong.add(fault.name() + ": " + -late / 1000 + " µs before its deadline");
                }
                outcome.latestMillis.merge(fault.row(), late / 1e6, Math::max);
            }
        }
        outcome.right.merge(fault.row() + " " + (expected.isEmpty() ? "OK" : expected), asked, Long::sum);
    }

    /** What came of it. */
    static final class Outcome {
        final TrialRun run;
        final List<String> wrong = new ArrayList<>();
        final Map<String, Double> latestMillis = new TreeMap<>();
        final Map<String, Long> right = new TreeMap<>();
        long closeWaitMillis;

        Outcome(TrialRun run) {
            this.run = run;
        }

        void print(String scheme) {
            right.forEach((what, count) ->
                    Figures.print(what.substring(0, 3), "%s: %d of %d %s", scheme, count, count, what.substring(4)));
            latestMillis.forEach(
                    (row, millis) -> Figures.print(row, "%s: at most %.1f ms after the deadline", scheme, millis));
        }
    }

    @Override
    public void close() {
        targets.forEach(target -> target.server().close());
    }
}
