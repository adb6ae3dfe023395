package dev.onrush.core.check;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.session.Excerpt;
import dev.onrush.core.session.UnresolvedException;
import dev.onrush.core.session.UserSession;

/** What one check, or all checks of a response together, came to: held or not, and the session with the values saved. */
public final class CheckResult {
    /** Held, and nothing was saved. */
    public static final CheckResult HELD = new CheckResult(null, null, "");

    private final @Nullable UserSession session;
    private final @Nullable String errorClass;
    private final String message;

    private CheckResult(@Nullable UserSession session, @Nullable String errorClass, String message) {
        this.session = session;
        this.errorClass = errorClass;
        this.message = message;
    }

    /** Held; {@code session} is the session with the value saved. */
    public static CheckResult held(UserSession session) {
        return new CheckResult(session, null, "");
    }

    /** Did not hold; class {@code check.failed}. */
    public static CheckResult failed(String message) {
        return failed(ErrorClass.CHECK_FAILED, message);
    }

    /**
     * Did not hold.
     *
     * @param errorClass {@code check.failed}, {@code check.crashed} or {@code check.timeout}
     * @param message at most 200 characters
     */
    public static CheckResult failed(String errorClass, String message) {
        return new CheckResult(null, errorClass, message);
    }

    /**
     * Did not come to an end; class {@code check.crashed}. The virtual machine's own errors are thrown on, but for one of too deep a
     * recursion.
     *
     * @param what crashed, for the message
     */
    static CheckResult crashed(String what, Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
            throw error;
        }
        boolean isOurs = thrown instanceof UnreadableBodyException || thrown instanceof UnresolvedException;
        String why = isOurs ? String.valueOf(thrown.getMessage()) : Excerpt.ofThrown(thrown);
        return failed(ErrorClass.CHECK_CRASHED, Excerpt.of(what + ": " + why));
    }

    /** The same failure, with values that other checks saved. */
    public CheckResult with(@Nullable UserSession saved) {
        return saved == null ? this : new CheckResult(saved, errorClass, message);
    }

    public boolean isHeld() {
        return errorClass == null;
    }

    /** The session to go on with: with the values saved, else {@code before} itself. */
    public UserSession session(UserSession before) {
        return session == null ? before : session;
    }

    /** Null if it held. */
    public @Nullable String errorClass() {
        return errorClass;
    }

    /** Empty if it held; at most 200 characters. */
    public String message() {
        return message;
    }

    @Override
    public String toString() {
        return errorClass == null ? "held" : errorClass + ": " + message;
    }
}
