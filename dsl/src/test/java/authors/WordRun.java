package authors;

import static dev.onrush.dsl.CoreDsl.atOnceUsers;
import static dev.onrush.dsl.CoreDsl.scenario;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.Engine;
import dev.onrush.core.engine.EngineOptions;
import dev.onrush.core.engine.RunOutcome;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.scenario.Step;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.ManualClock;
import dev.onrush.dsl.ActionBuilder;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.LoadedSimulation;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.Simulation;

/** Runs what an author wrote on a clock moved by hand, and keeps what was recorded. */
final class WordRun {
    /** A request that takes no time: when it should have started, in milliseconds, and under which name and groups. */
    record Request(long user, String path, long intendedMillis, long paceOverrunMillis) {}

    record Group(String path, long millis, boolean ok) {}

    final List<Request> requests = new ArrayList<>();
    final List<Group> groups = new ArrayList<>();
    final List<String> userEnds = new ArrayList<>();
    final List<String> dropped = new ArrayList<>();
    final RunOutcome outcome;
    private final Names names = Names.withLimit(1000);

    private WordRun(Consumer<Simulation> setUp) {
        LoadedSimulation loaded = load(setUp);
        Engine engine = new Engine(EngineOptions.of(Settings.defaults(), names, thread -> recorder())
                .clock(new ManualClock()));
        outcome = engine.run(loaded.plan().compile(engine.environment(), loaded.problems()));
    }

    /** One user does that. */
    static WordRun of(ChainBuilder chain) {
        return of(scenario("test").exec(chain).injectOpen(atOnceUsers(1)));
    }

    static WordRun of(PopulationBuilder... populations) {
        return new WordRun(simulation -> simulation.setUp(populations).seed(42));
    }

    static WordRun of(Consumer<Simulation> setUp) {
        return new WordRun(setUp);
    }

    /** A request without traffic that takes no time. */
    static ActionBuilder request(String name) {
        return new InstantRequest(name, RequestSample.OK);
    }

    static ActionBuilder failingRequest(String name) {
        return new InstantRequest(name, RequestSample.KO);
    }

    List<String> paths() {
        return requests.stream().map(Request::path).toList();
    }

    List<Long> intendedMillis() {
        return requests.stream().map(Request::intendedMillis).toList();
    }

    private Recorder recorder() {
        return (Recorder) Proxy.newProxyInstance(
                Recorder.class.getClassLoader(), new Class<?>[] {Recorder.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "request" -> request((RequestSample) arguments[0]);
                        case "groupEnd" ->
                            groups.add(new Group(
                                    String.join(" > ", names.groupPath((int) arguments[2])),
                                    ((long) arguments[4] - (long) arguments[3]) / 1_000_000,
                                    (boolean) arguments[6]));
                        case "userEnd" -> userEnds.add(String.valueOf(arguments[3]));
                        case "usersDropped" -> dropped.add(arguments[2] + " " + arguments[3]);
                        default -> {} // not looked at here
                    }
                    return null;
                });
    }

    private void request(RequestSample sample) {
        requests.add(new Request(
                sample.userId,
                names.requestName(sample.request),
                sample.intendedStartNanos / 1_000_000,
                sample.paceOverrunNanos / 1_000_000));
    }

    private static LoadedSimulation load(Consumer<Simulation> setUp) {
        Given.SET_UP.set(setUp);
        try {
            return LoadedSimulation.load(Given.class);
        } finally {
            Given.SET_UP.remove();
        }
    }

    /** The simulation of the test that runs on this thread. */
    static final class Given extends Simulation {
        private static final ThreadLocal<Consumer<Simulation>> SET_UP = new ThreadLocal<>();

        Given() {
            SET_UP.get().accept(this);
        }
    }

    private record InstantRequest(String name, byte outcome) implements ActionBuilder, Step {
        @Override
        public Step toStep() {
            return this;
        }

        @Override
        public String word() {
            return "request";
        }

        @Override
        public CallSite site() {
            return CallSite.UNKNOWN;
        }

        @Override
        public Action compile(Compilation compilation, Action next) {
            compilation.request(name);
            return new Action(compilation.place()) {
                @Override
                public @Nullable Action execute(VirtualUser user) {
                    RequestSample sample = new RequestSample();
                    user.begin(sample);
                    sample.request = compilation.names().request(user.group(), name);
                    sample.actualStartNanos = user.now();
                    sample.endNanos = user.now();
                    sample.outcome = outcome;
                    user.ended(sample);
                    return next();
                }

                @Override
                public Action next() {
                    return next;
                }
            };
        }
    }
}
