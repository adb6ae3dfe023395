package dev.onrush.core.engine;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.protocol.UserResource;
import dev.onrush.core.session.UserSession;

/**
 * One simulated person: an actor with a session, a place in the chain and a mailbox. One thread at a time runs it; all
 * methods but {@link #deliver} are for that thread. All instants are nanoseconds since the run began.
 *
 * <p>The user's <em>due time</em> is when its next request should start; see {@link #dueNanos()}.
 */
public final class VirtualUser {
    VirtualUser() {}

    /** Hands a message to this user from any thread. An idle user runs then and there on the calling thread, which must be one of the engine's; else the message waits its turn. */
    public void deliver(Message message) {
        throw new UnsupportedOperationException();
    }

    /** As {@link #deliver}, from any thread, also one that must not run users (control, blocking): an idle user runs on its own loop. */
    public void deliverOnLoop(Message message) {
        throw new UnsupportedOperationException();
    }

    public UserSession session() {
        throw new UnsupportedOperationException();
    }

    public void session(UserSession changed) {
        throw new UnsupportedOperationException();
    }

    /** When the user's next request should start. Set by the schedule, by the end of a request, by a pause, a pace. */
    public long dueNanos() {
        throw new UnsupportedOperationException();
    }

    public void dueNanos(long nanos) {
        throw new UnsupportedOperationException();
    }

    /** How much later than its pace asked the user came; belongs to the next request. */
    public void paceOverrunNanos(long nanos) {
        throw new UnsupportedOperationException();
    }

    public long now() {
        throw new UnsupportedOperationException();
    }

    /** Lets the user wait until then and go on with {@code next}; returns null, to be returned by the action. */
    public @Nullable Action resumeAt(long atNanos, Action next) {
        throw new UnsupportedOperationException();
    }

    /** The recorder of the thread that runs the user now. */
    public Recorder recorder() {
        throw new UnsupportedOperationException();
    }

    /** Number of its scenario in the log. */
    public int scenario() {
        throw new UnsupportedOperationException();
    }

    /** Number of the innermost group it is in. */
    public int group() {
        throw new UnsupportedOperationException();
    }

    public void group(int group) {
        throw new UnsupportedOperationException();
    }

    /** Response times of all its requests so far, added up; a group takes the difference. */
    public long cumulatedRequestNanos() {
        throw new UnsupportedOperationException();
    }

    /** KO requests so far; a group that ends compares. */
    public long failedRequests() {
        throw new UnsupportedOperationException();
    }

    /** Fills in whose request it is and when it should start: user, scenario, intended start, pace overrun, warm-up. */
    public void begin(RequestSample sample) {
        throw new UnsupportedOperationException();
    }

    /** A request of this user has ended: recorded; the due time is its end; a KO marks the user failed. */
    public void ended(RequestSample sample) {
        throw new UnsupportedOperationException();
    }

    /** A failure without a request, at this place: logged once per place, counted, the user is marked failed. */
    public void stepFailed(String place, Throwable cause) {
        throw new UnsupportedOperationException();
    }

    /** As {@link #stepFailed(String, Throwable)} for a failure that no exception tells of. */
    public void stepFailed(String place, String errorClass, String message) {
        throw new UnsupportedOperationException();
    }

    /** Ends the user here; returns null, to be returned by the action. Open groups are closed by who calls. */
    public @Nullable Action end(UserEnd reason) {
        throw new UnsupportedOperationException();
    }

    /** Stops the run for all; the user itself ends as stopped. Returns null. */
    public @Nullable Action stopRun(RunStop stop) {
        throw new UnsupportedOperationException();
    }

    /** What a protocol keeps for this user in that slot; null before it was set. */
    public @Nullable UserResource resource(int slot) {
        throw new UnsupportedOperationException();
    }

    public void resource(int slot, UserResource resource) {
        throw new UnsupportedOperationException();
    }
}
