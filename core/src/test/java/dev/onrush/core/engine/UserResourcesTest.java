package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.HERE;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.CallSite;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.protocol.UserResource;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.scenario.Step;

/** What a protocol keeps for a user is told of the user's end, and cannot keep it from ending. */
class UserResourcesTest {
    private static final long S = 1_000_000_000;

    private final TestRun run = new TestRun();
    private final List<String> told = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("failures")
    void aUserEndsWhoseResourceDoesNotClose(Throwable failure) {
        RunOutcome outcome = run.run(
                users("one", open(new AtOnceUsers(1)), keeping("first", () -> failure), keeping("second", () -> null)));

        assertThat(told).containsExactly("first closed", "second closed");
        assertThat(outcome.populations().get(0).finished()).isEqualTo(1);
        assertThat(outcome.stop()).isNull();
        assertThat(outcome.stepFailures()).isEmpty();
        assertThat(outcome.warnings())
                .containsExactly("What a protocol kept for a user did not close: " + FailureText.of(failure));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aUserIsCutOffWhoseResourceCannotBe(Throwable failure) {
        RunOutcome outcome = run.rules(RunRules.standard().maxDuration(ofSeconds(5)))
                .run(users(
                        "one",
                        open(new AtOnceUsers(2)),
                        keeping("first", () -> failure),
                        keeping("second", () -> null),
                        pause(ofSeconds(60))));

        assertThat(told)
                .containsExactly(
                        "first cut off",
                        "second cut off",
                        "first closed",
                        "second closed",
                        "first cut off",
                        "second cut off",
                        "first closed",
                        "second closed");
        assertThat(run.recorded.ends).hasSize(2).allMatch(e -> e.reason() == UserEnd.STOPPED && e.atNanos() == 5 * S);
        assertThat(outcome.endNanos()).isEqualTo(5 * S);
        assertThat(outcome.warnings())
                .contains("A request that was on its way could not be cut off: " + FailureText.of(failure));
    }

    static Stream<Throwable> failures() {
        return Stream.of(new IllegalStateException("broken"), new AssertionError("broken"), new StackOverflowError());
    }

    @Test
    void memoryThatIsOutWhileUsersAreCutOffKeepsNoneOfThemFromEnding() {
        RunOutcome outcome = run.rules(RunRules.standard().maxDuration(ofSeconds(5)))
                .run(users(
                        "one",
                        open(new AtOnceUsers(2)),
                        keeping("only", () -> new OutOfMemoryError("thrown by a test")),
                        pause(ofSeconds(60))));

        assertThat(run.recorded.ends).hasSize(2).allMatch(e -> e.reason() == UserEnd.STOPPED && e.atNanos() == 5 * S);
        assertThat(outcome.populations().get(0).unfinished()).isEqualTo(2);
    }

    /** Keeps something for the user that says what it is told, and then throws that. */
    private Step keeping(String name, Supplier<@Nullable Throwable> failure) {
        int slot = run.engine.environment().newUserSlot();
        return new Step() {
            @Override
            public Action compile(Compilation compilation, Action next) {
                return new Action(compilation.place()) {
                    @Override
                    public Action execute(VirtualUser user) {
                        user.resource(slot, new Kept());
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
                return "keep";
            }

            @Override
            public CallSite site() {
                return HERE;
            }

            /** Says what it is told. */
            final class Kept implements UserResource {
                @Override
                public void cutOff(long nowNanos) {
                    tell("cut off");
                }

                @Override
                public void close() {
                    tell("closed");
                }

                private void tell(String what) {
                    told.add(name + " " + what);
                    Throwable thrown = failure.get();
                    if (thrown instanceof Error error) {
                        throw error;
                    }
                    if (thrown instanceof RuntimeException exception) {
                        throw exception;
                    }
                }
            }
        };
    }
}
