package dev.onrush.http;

import static dev.onrush.http.HttpDsl.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Engine;
import dev.onrush.core.engine.EngineOptions;
import dev.onrush.core.engine.RunOutcome;
import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.core.scenario.LoadPlan;
import dev.onrush.core.scenario.Population;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.scenario.Scenario;
import dev.onrush.core.scenario.Step;
import dev.onrush.core.setting.Settings;
import dev.onrush.dsl.ActionBuilder;

/** A run of the real engine with real HTTP, and what it recorded. */
final class WordRun {
    static final CallSite HERE = new CallSite("Shop.java", 41);

    final Names names = Names.withLimit(5000);
    final List<Sample> samples = Collections.synchronizedList(new ArrayList<>());
    final List<String> stepFailures = Collections.synchronizedList(new ArrayList<>());
    final Engine engine;
    /** A copy of what was recorded of one request. */
    record Sample(
            long userId,
            String name,
            byte outcome,
            String errorClass,
            String message,
            int status,
            long intended,
            long actual,
            long end,
            long connectionWait,
            long connect,
            long firstByte,
            long bytesSent,
            long bytesReceived,
            boolean attempt) {
        boolean isOk() {
            return outcome == RequestSample.OK;
        }
    }

    WordRun() {
        this(Settings.defaults());
    }

    WordRun(Settings settings) {
        engine = new Engine(EngineOptions.of(settings, names, thread -> new Recording()));
    }

    RunOutcome run(int users, ActionBuilder... actions) {
        return run(http, users, actions);
    }

    RunOutcome run(HttpProtocolBuilder protocol, int users, ActionBuilder... actions) {
        List<Step> steps = Arrays.stream(actions).map(ActionBuilder::toStep).toList();
        Population population = Population.of(
                new Scenario("shop", steps, HERE), new OpenProfile(List.of(new AtOnceUsers(users))), HERE);
        LoadPlan plan = new LoadPlan(
                "Shop",
                List.of(population),
                List.of(protocol.requestTimeout(Duration.ofSeconds(5)).toProtocol()),
                List.of(),
                RunRules.standard().seed(42));
        return engine.run(plan.compile(engine.environment()));
    }

    /** Copies what comes. */
    private final class Recording implements Recorder {
        @Override
        public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {}

        @Override
        public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {}

        @Override
        public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {}

        @Override
        public void request(RequestSample s) {
            boolean isFine = s.error == RequestSample.NO_ERROR;
            samples.add(new Sample(
                    s.userId,
                    names.requestName(s.request),
                    s.outcome,
                    isFine ? "" : names.errorClass(s.error),
                    isFine ? "" : names.errorMessage(s.error),
                    s.status,
                    s.intendedStartNanos,
                    s.actualStartNanos,
                    s.endNanos,
                    s.connectionWaitNanos,
                    s.connectNanos,
                    s.firstByteNanos,
                    s.bytesSent,
                    s.bytesReceived,
                    s.attempt));
            if (s.hasDuration() && (s.serviceMicros() < 0 || s.startDelayMicros() < 0)) {
                throw new AssertionError(
                        "times do not add up: service " + s.serviceMicros() + ", start delay " + s.startDelayMicros());
            }
        }

        @Override
        public void groupEnd(
                long userId,
                int scenario,
                int group,
                long startNanos,
                long endNanos,
                long cumulatedNanos,
                boolean ok,
                boolean warmUp) {}

        @Override
        public void stepFailure(long userId, int scenario, long atNanos, int error) {
            stepFailures.add(names.errorClass(error) + ": " + names.errorMessage(error));
        }

        @Override
        public void health(HealthSample sample) {}

        @Override
        public void mark(MarkKind kind, long atNanos, String text) {}
    }
}
