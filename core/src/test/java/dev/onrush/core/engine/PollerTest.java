package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.group;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.request;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.onrush.core.CallSite;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.NothingFor;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.scenario.Step;

/** What a user does again and again beside its scenario, on a manual clock. */
class PollerTest {
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;

    private final TestRun run = new TestRun();
    private final Recorded recorded = run.recorded;
    private final List<Poller> pollers = new ArrayList<>();

    /** A step that does its part and goes on. */
    private record Doing(java.util.function.BiConsumer<VirtualUser, Names> part) implements Step {
        @Override
        public Action compile(Compilation compilation, Action next) {
            return new Action(compilation.place()) {
                @Override
                public @Nullable Action execute(VirtualUser user) {
                    part.accept(user, compilation.names());
                    return next;
                }

                @Override
                public Action next() {
                    return next;
                }
            };
        }

        @Override
        public String word() {
            return "doing";
        }

        @Override
        public CallSite site() {
            return TestRun.HERE;
        }
    }

    /** Passes that take so long each, are KO, and change what they can of the user's session. */
    private static final class Passes implements Poller.Work {
        private final VirtualUser user;
        private final Names names;
        private final long nanos;
        private final Poller poller;
        private @Nullable RequestSample sample;

        Passes(VirtualUser user, Names names, Duration period, Duration length) {
            this.user = user;
            this.names = names;
            this.nanos = length.toNanos();
            this.poller = new Poller(user, "here", period.toNanos(), this);
        }

        @Override
        public @Nullable Action begin(Action end) {
            RequestSample begun = begun();
            begun.actualStartNanos = user.now();
            sample = begun;
            user.loop().add(new Ended(end), user.now() + nanos);
            return null;
        }

        private RequestSample begun() {
            RequestSample begun = new RequestSample();
            user.begin(begun);
            begun.request = names.request(user.group(), "poll");
            return begun;
        }

        private void end(RequestSample ended, byte outcome) {
            sample = null;
            ended.endNanos = user.now();
            ended.outcome = outcome;
            user.session(user.session().set("polled", true));
            user.ended(ended);
        }

        @Override
        public void cutOff(long nowNanos) {
            RequestSample open = sample;
            if (open != null) {
                end(open, RequestSample.UNFINISHED);
            }
        }

        @Override
        public void missed(long nowNanos) {
            end(begun(), RequestSample.NOT_SENT);
        }

        private final class Ended extends LoopTask implements Message {
            private final Action end;

            Ended(Action end) {
                this.end = end;
            }

            @Override
            void run(Carrier carrier) {
                user.deliver(this);
            }

            @Override
            public Poller poller() {
                return poller;
            }

            @Override
            public @Nullable Action receive(VirtualUser receiver) {
                RequestSample open = sample;
                if (open == null) {
                    return null;
                }
                end(open, RequestSample.KO);
                return end;
            }

            @Override
            public Action next() {
                return end;
            }
        }
    }

    private Step poll(Duration period, Duration length) {
        return new Doing((user, names) -> {
            Poller poller = new Passes(user, names, period, length).poller;
            pollers.add(poller);
            poller.start();
        });
    }

    private Step stop() {
        return new Doing((user, names) -> pollers.get(0).stop(user.now()));
    }

    /** When its user ends, so does the poller: in a run a protocol's resource sees to that. */
    private Step pollOfResource(Duration period, Duration length) {
        return new Doing((user, names) -> {
            Poller poller = new Passes(user, names, period, length).poller;
            user.resource(0, new dev.onrush.core.protocol.UserResource() {
                @Override
                public void cutOff(long nowNanos) {
                    poller.stop(nowNanos);
                }

                @Override
                public void close() {
                    poller.stop(user.now());
                }
            });
            poller.start();
        });
    }

    private List<Recorded.Request> polls(byte outcome) {
        return recorded.requests.stream()
                .filter(each -> each.name().equals("poll") && each.outcome() == outcome)
                .toList();
    }

    private static List<Long> every(long step, long count) {
        return LongStream.rangeClosed(1, count).map(k -> k * step).boxed().toList();
    }

    @Test
    void passesAreDueWithoutDriftFromTheUsersDueTimeOn() {
        run.run(users(
                "polls",
                open(new AtOnceUsers(1)),
                pause(ofMillis(250)),
                poll(Duration.ofNanos(333_333_333), ofMillis(100)),
                pause(ofHours(1)),
                stop()));

        List<Recorded.Request> polls = polls(RequestSample.KO);
        assertThat(polls).hasSize(10_799).allMatch(each -> each.overrunNanos() == 0);
        for (int i = 0; i < polls.size(); i++) {
            assertThat(polls.get(i).intendedNanos())
                    .isEqualTo(polls.get(i).actualNanos())
                    .isEqualTo(250 * MS + (i + 1) * 333_333_333L);
        }
        // 3600 s are 10800 periods and 3.6 µs
        assertThat(polls(RequestSample.UNFINISHED))
                .singleElement()
                .satisfies(last -> assertThat(last.intendedNanos()).isEqualTo(250 * MS + 10_800 * 333_333_333L));
    }

    @Test
    void aSlowPassMakesTheNextLateAndWhatIsStillDueAtTheEndIsTold() {
        run.run(users(
                "polls", open(new AtOnceUsers(1)), poll(ofSeconds(1), ofMillis(2500)), pause(ofMillis(9200)), stop()));

        List<Recorded.Request> done = polls(RequestSample.KO);
        assertThat(done).extracting(Recorded.Request::intendedNanos).containsExactly(S, 2 * S, 3 * S);
        assertThat(done).extracting(Recorded.Request::actualNanos).containsExactly(S, 3500 * MS, 6 * S);
        assertThat(done).extracting(Recorded.Request::overrunNanos).containsExactly(0L, 1500 * MS, 3 * S);
        assertThat(polls(RequestSample.UNFINISHED))
                .singleElement()
                .satisfies(last -> assertThat(last.intendedNanos()).isEqualTo(4 * S));
        assertThat(polls(RequestSample.NOT_SENT))
                .extracting(Recorded.Request::intendedNanos)
                .containsExactly(5 * S, 6 * S, 7 * S, 8 * S, 9 * S);
    }

    @Test
    void moreMissedPassesThanAreToldOneByOneAreWarnedOf() {
        run.run(users("polls", open(new AtOnceUsers(1)), poll(ofMillis(1), ofSeconds(2)), pause(ofSeconds(2)), stop()));

        assertThat(polls(RequestSample.NOT_SENT)).hasSize(1000);
        assertThat(recorded.marks)
                .contains("NOTE here: more than 1000 polls of one user were due and had not begun when it ended;"
                        + " only so many of them are counted.");
    }

    @Test
    void theUserIsLeftAsItWas() {
        AtomicBoolean isFailed = new AtomicBoolean();
        AtomicBoolean hasSaved = new AtomicBoolean();
        run.run(users(
                "polls",
                open(new AtOnceUsers(1)),
                group(
                        "around",
                        group("inside", poll(ofMillis(100), ofMillis(30))),
                        request("home", ofMillis(450)),
                        pause(ofMillis(300)),
                        request("next", ofMillis(10)),
                        exec(session -> {
                            isFailed.set(session.isFailed());
                            hasSaved.set(session.contains("polled"));
                            return session;
                        })),
                stop()));

        assertThat(polls(RequestSample.KO))
                .extracting(Recorded.Request::intendedNanos)
                .isEqualTo(every(100 * MS, 7));
        assertThat(recorded.requests)
                .filteredOn(each -> !each.name().equals("poll"))
                .extracting(Recorded.Request::intendedNanos)
                .containsExactly(0L, 750 * MS);
        assertThat(isFailed).isFalse();
        assertThat(hasSaved).isFalse();
        Recorded.Group around = recorded.groups.stream()
                .filter(each -> each.path().size() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(around.ok()).isTrue();
        assertThat(around.cumulatedNanos()).isEqualTo(460 * MS);
    }

    @Test
    void theEndOfTheUserEndsItAndNothingOfTheUserIsKept() {
        List<WeakReference<Object>> kept = new ArrayList<>();
        AtomicBoolean isGone = new AtomicBoolean();
        run.run(
                users(
                        "polls",
                        open(new AtOnceUsers(1)),
                        new Doing((user, names) -> kept.add(new WeakReference<>(user))),
                        pollOfResource(ofHours(2), ofSeconds(1)),
                        pause(ofSeconds(1))),
                users(
                        "later",
                        open(new NothingFor(ofSeconds(5)), new AtOnceUsers(1)),
                        pause(ofSeconds(1)),
                        exec(session -> {
                            for (int i = 0; i < 50 && kept.get(0).get() != null; i++) {
                                System.gc();
                            }
                            isGone.set(kept.get(0).get() == null);
                            return session;
                        })));

        assertThat(isGone).isTrue();
        assertThat(recorded.requests).isEmpty();
    }

    @Test
    void aRunThatIsCutOffTellsOfThePassOnItsWay() {
        RunOutcome outcome = run.rules(RunRules.standard().maxDuration(ofMillis(3300)))
                .run(users(
                        "polls",
                        open(new AtOnceUsers(1)),
                        pollOfResource(ofSeconds(1), ofMillis(500)),
                        pause(ofHours(1))));

        assertThat(outcome.endNanos()).isEqualTo(3300 * MS);
        assertThat(polls(RequestSample.KO))
                .extracting(Recorded.Request::intendedNanos)
                .containsExactly(S, 2 * S);
        assertThat(polls(RequestSample.UNFINISHED))
                .extracting(Recorded.Request::intendedNanos)
                .containsExactly(3 * S);
    }
}
