package dev.onrush.core.engine;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.protocol.UserResource;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;

/**
 * One simulated person: an actor with a session, a place in the chain and a mailbox. One thread at a time runs it; what is
 * not said to be from any thread is for that one. All instants are nanoseconds since the run began.
 *
 * <p>The user's <em>due time</em> is when its next request should start; see {@link #dueNanos()}.
 */
public final class VirtualUser extends Mailbox {
    private static final byte NEW = 0;
    private static final byte LIVE = 1;
    private static final byte ENDED = 2;

    /** Tells a loop that an idle user has mail. */
    private static final class Collect extends LoopTask {
        private final VirtualUser user;

        Collect(VirtualUser user) {
            this.user = user;
        }

        @Override
        void run(Carrier carrier) {
            if (user.enter()) {
                carrier.turns.give(user, null);
            }
        }
    }

    /** What the user itself is as a message when its time has come. */
    private static final Message WOKEN = new Notice() {
        @Override
        public @Nullable Action receive(VirtualUser user) {
            return user.woken();
        }
    };

    /** Guarded by {@link LiveUsers}. */
    @Nullable
    VirtualUser newer;

    @Nullable
    VirtualUser older;

    private final PopulationRun population;
    private final EventLoop loop;
    private UserSession session;
    private @Nullable Carrier carrier;
    /** Where it goes on when its time has come, or the message it waits for. */
    private @Nullable Action resume;

    private @Nullable UserResources resources;
    private long dueNanos;
    private long paceOverrunNanos;
    private long cumulatedNanos;
    private int failedRequests;
    private int group;
    private int turns;
    private byte stage = NEW;
    /** Its node waits in the loop, or is about to. */
    private boolean timerSet;
    /** The timer was set in this turn, and the loop does not have it yet. */
    private boolean timerPending;
    /** Requests that wait for a slot of its throttle. */
    private int slotWaits;
    /** It waits as a person would, and not just for its turn. */
    private boolean waiting;

    VirtualUser(PopulationRun population, EventLoop loop, long userId, long intendedStartNanos) {
        this.population = population;
        this.loop = loop;
        this.session = UserSession.of(new UserIdentity(userId, population.name(), population.run.seed()));
        this.dueNanos = intendedStartNanos;
    }

    /** Hands a message to this user from any thread. An idle user runs then and there on the calling thread, which must be one of the engine's; else the message waits its turn. */
    public void deliver(Message message) {
        Carrier here = population.run.carrier();
        if (here == null || here.isBusy() || here.isLost()) {
            deliverOnLoop(message);
        } else if (enter()) {
            here.turns.give(this, message);
        } else {
            post(message);
            if (enter()) {
                here.turns.give(this, null);
            }
        }
    }

    /** As {@link #deliver}, from any thread, also one that must not run users (control, blocking): an idle user runs on its own loop. */
    public void deliverOnLoop(Message message) {
        post(message);
        if (isIdle()) {
            loop.add(new Collect(this), 0);
        }
    }

    public UserSession session() {
        return session;
    }

    public void session(UserSession changed) {
        session = changed;
    }

    /** When the user's next request should start. Set by the schedule, by the end of a request, by a pause, a pace. */
    public long dueNanos() {
        return dueNanos;
    }

    public void dueNanos(long nanos) {
        dueNanos = nanos;
    }

    /** How much later than its pace asked the user came; belongs to the next request. */
    public void paceOverrunNanos(long nanos) {
        paceOverrunNanos = nanos;
    }

    public long paceOverrunNanos() {
        return paceOverrunNanos;
    }

    /** When the user came to where it is, were the generator infinitely fast: its due time and what its pace is behind. */
    public long arrivedNanos() {
        return dueNanos + paceOverrunNanos;
    }

    public long now() {
        return population.run.now();
    }

    /**
     * Lets the user wait until then and go on with {@code next}; for the action to return: null, or {@code next} if that instant has
     * passed. At most once per action or message.
     */
    public @Nullable Action resumeAt(long atNanos, Action next) {
        if (atNanos <= now()) {
            return next;
        }
        setTimer(atNanos, next);
        waits(true);
        return null;
    }

    /** Lets others have their turn, then goes on with {@code next}; returns null, to be returned by the action. */
    public @Nullable Action yieldTo(Action next) {
        setTimer(0, next);
        return null;
    }

    /**
     * Lets the user wait for a message, however long that takes; for the action to return: null. Who is to deliver that message knows of it
     * already, and it begins with {@link #goesOn}.
     */
    public @Nullable Action waitThen(Action next) {
        if (timerSet) {
            throw new IllegalStateException("user " + userId() + " waits already");
        }
        resume = next;
        waits(true);
        return null;
    }

    /** What a user goes on with that waited by {@link #waitThen}. */
    public @Nullable Action goesOn() {
        return woken();
    }

    /** How often it has waited for something: a pause, a response, not just its turn. So a loop can tell whether it waited in a pass. */
    public int turns() {
        return turns;
    }

    /** The recorder of the thread that runs the user now. */
    public Recorder recorder() {
        return carrying().recorder();
    }

    /** Number of its scenario in the log. */
    public int scenario() {
        return population.plan.scenario();
    }

    /** Number of the innermost group it is in. */
    public int group() {
        return group;
    }

    public void group(int innermost) {
        group = innermost;
    }

    /** Response times of all its requests so far, added up; a group takes the difference. */
    public long cumulatedRequestNanos() {
        return cumulatedNanos;
    }

    /** For requests that ran side by side: they cost the user the time of all together. */
    public void cumulatedRequestNanos(long nanos) {
        cumulatedNanos = nanos;
    }

    /** KO requests so far; a group that ends compares. */
    public long failedRequests() {
        return failedRequests;
    }

    /** Fills in whose request it is and when it should start: user, scenario, intended start, pace overrun, warm-up. */
    public void begin(RequestSample sample) {
        sample.userId = session.identity().userId();
        sample.scenario = population.plan.scenario();
        sample.intendedStartNanos = dueNanos;
        sample.paceOverrunNanos = paceOverrunNanos;
        sample.warmUp = isWarmUp(dueNanos);
        paceOverrunNanos = 0;
        carrying().requestsBegun++;
    }

    /** A request of this user has ended: recorded; the due time is its end; a KO marks the user failed, unless it was silent. */
    public void ended(RequestSample sample) {
        carrying().ended(sample);
        if (sample.attempt) {
            return;
        }
        dueNanos = sample.endNanos;
        if (sample.silent) {
            return;
        }
        if (sample.outcome == RequestSample.KO) {
            failedRequests++;
            session = session.failed(true);
        }
        if (sample.hasDuration()) {
            cumulatedNanos += sample.endNanos - sample.intendedStartNanos;
        }
    }

    /** Whether its requests wait for slots; see {@link SlotWait}. */
    public boolean isThrottled() {
        return population.throttle != null;
    }

    /** One of its requests waits for a slot, until {@link #slotHasCome}. Several may do so side by side. */
    void waitsForSlot() {
        slotWaits++;
    }

    void slotHasCome() {
        slotWaits--;
    }

    /** Whether what should start then lies in the warm-up. */
    public boolean isWarmUp(long intendedStartNanos) {
        return intendedStartNanos < population.run.warmUpEnd();
    }

    /** A failure without a request, at this place: logged once per place, counted, the user is marked failed. */
    public void stepFailed(String place, Throwable cause) {
        String message = population.run.stepFailures.count(place, cause);
        recordStepFailure(place, StepFailures.errorClass(cause), message);
    }

    /** As {@link #stepFailed(String, Throwable)} for a failure that no exception tells of. */
    public void stepFailed(String place, String errorClass, String message) {
        recordStepFailure(place, errorClass, population.run.stepFailures.count(place, errorClass, message));
    }

    /** As {@link #waitThen}, for other users of its population to come. */
    public @Nullable Action waitForOthers(Action next) {
        population.waitingForOthers.increment();
        return waitThen(next);
    }

    /** It need not wait for others any longer. From any thread. */
    public void othersCame() {
        population.waitingForOthers.decrement();
    }

    /** Whether nobody is left who could come: all users of its population wait for others. From any thread; a moment old. */
    public boolean waitsForNobody() {
        return population.waitsForNobody();
    }

    /** Said once per text, and shown in the report. */
    public void warn(String text) {
        population.run.warn(text);
    }

    /** Ends the user here; returns null, to be returned by the action. Open groups are closed by who calls. */
    public @Nullable Action end(UserEnd reason) {
        if (stage == ENDED) {
            return null;
        }
        stage = ENDED;
        resume = null;
        waits(false);
        UserResources its = resources;
        if (its != null) {
            its.close();
            resources = null;
        }
        if (loop.live.remove(this)) {
            population.ended(this, carrying(), now(), reason);
        }
        // A timer may hold the user for long, and what it kept may be large.
        session = UserSession.of(session.identity());
        return null;
    }

    /** Stops the run for all; the user itself ends as stopped. Returns null. */
    public @Nullable Action stopRun(RunStop stop) {
        population.run.stopNow(stop);
        return end(UserEnd.STOPPED);
    }

    /** Memory is out: the run is stopped at once. What this user has on its way may still be recorded. */
    public void outOfMemory() {
        population.run.outOfMemory();
    }

    /** What a protocol keeps for this user in that slot; null before it was set. */
    public @Nullable UserResource resource(int slot) {
        UserResources its = resources;
        return its == null ? null : its.get(slot);
    }

    public void resource(int slot, UserResource resource) {
        UserResources its = resources;
        if (its == null) {
            its = new UserResources(population.run);
            resources = its;
        }
        its.set(slot, resource);
    }

    PopulationRun population() {
        return population;
    }

    EventLoop loop() {
        return loop;
    }

    long userId() {
        return session.identity().userId();
    }

    /** Its time has come, in the loop that carries this thread. */
    void timerFired(Carrier here) {
        if (!enter()) {
            deliverOnLoop(WOKEN);
            return;
        }
        if (stage == NEW) {
            if (!population.start(this, here, atNanos())) {
                return; // it never starts, and so is never left
            }
            stage = LIVE;
        }
        here.turns.give(this, WOKEN);
    }

    /** Ends the user where it is, with what it has on its way. Returns null. */
    @Nullable
    Action cutOff(UserEnd reason) {
        UserResources its = resources;
        if (its != null) {
            its.cutOff(now());
        }
        return end(reason);
    }

    /** That I/O thread is held at that place: ends the user if it has something in flight there. */
    @Nullable
    Action threadHeld(Thread thread, String place) {
        UserResources its = resources;
        return its != null && its.blocked(thread, place) ? end(UserEnd.BLOCKED) : null;
    }

    /** Whether it is present, and nothing it knows of will ever wake it. A moment old unless the calling thread has the user. */
    boolean waitsForNothing() {
        UserResources its = resources;
        return stage == LIVE
                && !hasMail()
                && !timerSet
                && resume == null
                && slotWaits == 0
                && (its == null || !its.isAwaited());
    }

    private Carrier carrying() {
        Carrier here = carrier;
        if (here == null) {
            throw new IllegalStateException("user " + userId() + " is asked for its recorder, and no thread runs it");
        }
        return here;
    }

    private void recordStepFailure(String place, String errorClass, String message) {
        session = session.failed(true);
        Carrier here = carrying();
        here.recorder()
                .stepFailure(
                        userId(), scenario(), now(), population.run.names().error(errorClass, place + ": " + message));
    }

    /** As a person would, and not just for its turn. */
    private void waits(boolean isWaiting) {
        if (waiting != isWaiting) {
            waiting = isWaiting;
            population.waiting.add(isWaiting ? 1 : -1);
        }
    }

    private void setTimer(long atNanos, Action next) {
        if (timerSet) {
            throw new IllegalStateException("user " + userId() + " waits already");
        }
        resume = next;
        atNanos(atNanos);
        timerSet = true;
        timerPending = true;
    }

    private @Nullable Action woken() {
        timerSet = false;
        waits(false);
        Action next = resume;
        resume = null;
        return next;
    }

    void firstAction(Action first) {
        resume = first;
    }

    // ---- for the thread that gives it a turn

    /** @param isOfScenario whether the message is; else of what the user does beside it */
    void turnBegins(Carrier here, Message message, boolean isOfScenario) {
        carrier = here;
        if (isOfScenario && (message != WOKEN || waiting)) {
            turns++;
        }
    }

    /** @param own the loop that the thread has; only there it sets timers itself */
    void turnEnds(@Nullable EventLoop own) {
        carrier = null;
        if (timerPending) {
            timerPending = false;
            if (own == loop) {
                loop.addOwn(this, atNanos());
            } else {
                loop.add(this, atNanos());
            }
        }
    }

    /** The action that arranged for a wait in this turn threw: the user goes on at once. */
    void waitsNotAfterAll() {
        if (timerPending) {
            timerPending = false;
            woken();
        }
    }

    /** From any thread; a moment old. */
    public boolean hasEnded() {
        return stage == ENDED;
    }

    /** Leaves it, so that its loop looks after its mail. */
    void leaveToLoop() {
        leave();
        if (hasMail()) {
            loop.add(new Collect(this), 0);
        }
    }

    /** What a part of what it does beside its scenario leaves as it was. */
    void beside(int groupOfPart, Runnable part) {
        UserSession sessionBefore = session;
        long dueBefore = dueNanos;
        long overrunBefore = paceOverrunNanos;
        long cumulatedBefore = cumulatedNanos;
        int failedBefore = failedRequests;
        int groupBefore = group;
        group = groupOfPart;
        paceOverrunNanos = 0;
        try {
            part.run();
        } finally {
            if (stage != ENDED) {
                session = sessionBefore;
            }
            dueNanos = dueBefore;
            paceOverrunNanos = overrunBefore;
            cumulatedNanos = cumulatedBefore;
            failedRequests = failedBefore;
            group = groupBefore;
        }
    }
}
