package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Session;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthServer;

/** Authors' code that throws or returns nonsense: the user always goes on, the cause is counted and shown. */
@SuppressWarnings("unchecked")
class UserCodeTest {
    private static final int USERS = 3;

    @TempDir
    Path folder;

    /** What an author's code comes to. */
    private enum Outcome {
        RUNTIME_EXCEPTION {
            @Override
            @Nullable
            Object of() {
                throw new IllegalStateException("deliberate");
            }
        },
        SNEAKY_CHECKED {
            @Override
            @Nullable
            Object of() {
                throw Outcome.<RuntimeException>sneaky(new java.io.IOException("deliberate"));
            }
        },
        ASSERTION_ERROR {
            @Override
            @Nullable
            Object of() {
                throw new AssertionError("deliberate");
            }
        },
        STACK_OVERFLOW {
            @Override
            @Nullable
            Object of() {
                return deeper(0);
            }

            @SuppressWarnings("InfiniteRecursion")
            private int deeper(int depth) {
                return deeper(depth + 1) + 1;
            }
        },
        NULL {
            @Override
            @Nullable
            Object of() {
                return null;
            }
        },
        WRONG_TYPE {
            @Override
            Object of() {
                return new Object[] {"nonsense"};
            }
        };

        abstract @Nullable Object of();

        private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    /** Where it stands. */
    private enum Place {
        SESSION_FUNCTION {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return exec(Place.<Session, Session>code(nonsense));
            }
        },
        CHECK {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return exec(http("place").get("/").check(bodyString().is(Place.<Session, String>code(nonsense))));
            }
        },
        TRANSFORM {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return exec(http("place")
                        .get("/")
                        .check(bodyString()
                                .transform(Place.<String, String>code(nonsense))
                                .is("what was hoped for")));
            }
        },
        FEEDER {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return feed(new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public Map<String, Object> next() {
                        return (Map<String, Object>) nonsense.of();
                    }
                });
            }
        },
        BODY {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return exec(http("place").post("/").body(StringBody(Place.<Session, String>code(nonsense))));
            }
        },
        HEADER {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return exec(http("place").get("/").header("X-Place", Place.<Session, String>code(nonsense)));
            }
        },
        CONDITION {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return doIf(Place.<Session, Boolean>code(nonsense))
                        .then(exec(http("place").get("/")));
            }
        },
        LOOP_COUNT {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return repeat(Place.<Session, Integer>code(nonsense))
                        .on(exec(http("place").get("/")));
            }
        },
        PAUSE {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return pause(Place.<Session, java.time.Duration>code(nonsense));
            }
        },
        PACE {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return pace(Place.<Session, java.time.Duration>code(nonsense));
            }
        },
        DURATION {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return during(Place.<Session, java.time.Duration>code(nonsense))
                        .on(exec(http("place").get("/")));
            }
        },
        LIST {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return foreach(Place.<Session, List<?>>code(nonsense), "each")
                        .on(exec(http("place").get("/")));
            }
        },
        GROUP_NAME {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return group(Place.<Session, String>code(nonsense))
                        .on(exec(http("place").get("/")));
            }
        },
        REQUEST_NAME {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return exec(http(Place.<Session, String>code(nonsense)).get("/"));
            }
        },
        ADDRESS {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return exec(http("place").get(Place.<Session, String>code(nonsense)));
            }
        },
        FEEDER_TRANSFORM {
            @Override
            ChainBuilder chain(Outcome nonsense) {
                return feed(listFeeder(List.of(Map.<String, Object>of("id", 1)))
                        .circular()
                        .transform((key, value) -> nonsense.of()));
            }

            @Override
            boolean refuses(Outcome nonsense) {
                return nonsense != Outcome.WRONG_TYPE; // a value may be of any type
            }
        };

        abstract ChainBuilder chain(Outcome nonsense);

        /** Whether it is a failure here. */
        boolean refuses(Outcome nonsense) {
            return true;
        }

        private static <A, T> Function<A, T> code(Outcome nonsense) {
            return argument -> (T) nonsense.of();
        }
    }

    /** Read while the simulation is made. */
    private static Place place = Place.SESSION_FUNCTION;

    private static Outcome outcome = Outcome.NULL;

    static final class Nonsense extends Simulation {
        {
            setUp(scenario("users")
                            .exec(place.chain(outcome))
                            .exec(http("next").get("/next"))
                            .injectOpen(atOnceUsers(USERS)))
                    .protocols(Simulations.target());
        }
    }

    @Test
    void usersAlwaysEndAndTheCauseIsShown() {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger root = (Logger) LoggerFactory.getLogger("dev.onrush");
        Level level = root.getLevel();
        root.addAppender(logged);
        root.setAdditive(false);
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        int most = 0;
        try (var server = TruthServer.start()) {
            System.setProperty(Simulations.TARGET, server.url());
            for (Place each : Place.values()) {
                for (Outcome nonsense : Outcome.values()) {
                    if (!each.refuses(nonsense)) {
                        continue;
                    }
                    place = each;
                    outcome = nonsense;
                    logged.list.clear();
                    server.ledger().clear();
                    RunResult result = Onrush.run(
                            Nonsense.class,
                            RunOptions.defaults().results(folder).quiet().withoutReport());
                    rows++;
                    int traces = (int) logged.list.stream()
                            .filter(event -> event.getFormattedMessage().contains("\n    at ")
                                    || event.getThrowableProxy() != null)
                            .count();
                    most = Math.max(most, traces);
                    String fault = fault(result, server, traces);
                    if (!fault.isEmpty()) {
                        wrong.add(each + " × " + nonsense + ": " + fault);
                    }
                }
            }
        } finally {
            System.clearProperty(Simulations.TARGET);
            root.detachAppender(logged);
            root.setAdditive(true);
            root.setLevel(level);
        }

        System.out.println("FIGURE G16 users ended " + (rows - wrong.size()) + "/" + rows
                + ", stack traces per site at most " + most);
        assertThat(wrong).isEmpty();
        assertThat(rows).isEqualTo(Place.values().length * Outcome.values().length - 1);
    }

    /** What is wrong with how it went; empty if nothing is. */
    private static String fault(RunResult result, TruthServer server, int traces) {
        if (result.statistics().isEmpty()) {
            return "not run: " + result.problems();
        }
        RunStatistics statistics = result.statistics().get();
        StringBuilder fault = new StringBuilder();
        if (result.exitCode() != 0) {
            fault.append("exit code ").append(result.exitCode()).append(result.problems());
        }
        if (statistics.users().started() != USERS || statistics.users().finished() != USERS) {
            fault.append(" users ").append(statistics.users());
        }
        if (server.ledger().arrivals("/next") != USERS) {
            fault.append(" next step ran ").append(server.ledger().arrivals("/next"));
        }
        long steps = statistics.stepFailures().stream()
                .mapToLong(dev.onrush.core.measure.StepFailure::count)
                .sum();
        long requests = statistics.errors().stream()
                .mapToLong(dev.onrush.core.measure.ErrorCount::count)
                .sum();
        if (steps + requests != USERS) {
            fault.append(" causes counted ").append(statistics.stepFailures()).append(statistics.errors());
        }
        if (traces > 1) {
            fault.append(" stack traces ").append(traces);
        }
        return fault.toString();
    }
}
