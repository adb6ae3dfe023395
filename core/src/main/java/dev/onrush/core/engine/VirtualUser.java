package dev.onrush.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.Slots;
import dev.onrush.core.protocol.UserResource;
import dev.onrush.core.session.UnresolvedException;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.time.Timer;

/**
 * One simulated person: an actor with a session, a place in the chain and a mailbox. One thread at a time runs it; all
 * methods but {@link #deliver} are for that thread. All instants are nanoseconds since the run began.
 *
 * <p>The user's <em>due time</em> is when its next request should start; see {@link #dueNanos()}.
 */
public final class VirtualUser extends Timer {
    /** After so many actions, or {@link #TURN_NANOS}, without a wait a user lets others have their turn. */
    private static final int TURN_ACTIONS = 128;

    private static final int LOOK_EVERY = 16;
    private static final long TURN_NANOS = 1_000_000;

    private static final byte NEW = 0;
    private static final byte LIVE = 1;
    private static final byte ENDED = 2;

    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final VarHandle STATE;
    private static final VarHandle MAIL;
    private static final @Nullable UserResource[] NO_RESOURCES = {};

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(VirtualUser.class, "state", int.class);
            MAIL = lookup.findVarHandle(VirtualUser.class, "mail", Letter.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A message that came while the user ran. The chain goes from the newest to the oldest. */
    private static final class Letter {
        final Message message;

        @Nullable
        Letter before;

        Letter(Message message) {
            this.message = message;
        }
    }

    /** Tells a loop that an idle user has mail. */
    private static final class Collect extends LoopTask {
        private final VirtualUser user;

        Collect(VirtualUser user) {
            this.user = user;
        }

        @Override
        void run(Carrier carrier) {
            if (STATE.compareAndSet(user, IDLE, RUNNING)) {
                user.run(carrier, null);
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
    private volatile int state;

    @SuppressWarnings("UnusedVariable") // written through MAIL
    private volatile @Nullable Letter mail;

    private UserSession session;
    private @Nullable Carrier carrier;
    /** Where it goes on when its time has come, or the message it waits for. */
    private @Nullable Action resume;

    private @Nullable UserResource[] resources = NO_RESOURCES;
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
        if (here != null && !here.isBusy() && !here.isLost()) {
            if (STATE.compareAndSet(this, IDLE, RUNNING)) {
                run(here, message);
                return;
            }
            post(message);
            if (STATE.compareAndSet(this, IDLE, RUNNING)) {
                run(here, null);
            }
            return;
        }
        deliverOnLoop(message);
    }

    /** As {@link #deliver}, from any thread, also one that must not run users (control, blocking): an idle user runs on its own loop. */
    public void deliverOnLoop(Message message) {
        post(message);
        if (state == IDLE) {
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
        waiting = true;
        population.waiting.increment();
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
        waiting = true;
        population.waiting.increment();
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
        Carrier here = carrying();
        here.recorder().request(sample);
        if (sample.attempt) {
            return;
        }
        dueNanos = sample.endNanos;
        if (sample.silent) {
            here.requestsOther++;
            return;
        }
        switch (sample.outcome) {
            case RequestSample.OK -> here.requestsOk++;
            case RequestSample.KO -> {
                here.requestsKo++;
                failedRequests++;
                session = session.failed(true);
            }
            default -> here.requestsOther++;
        }
        if (sample.hasDuration()) {
            cumulatedNanos += sample.endNanos - sample.intendedStartNanos;
        }
    }

    /** Whether its requests wait for slots; see {@link #takeSlot}. */
    public boolean isThrottled() {
        return population.throttle != null;
    }

    /** When a request may be sent that asked for a slot. */
    public enum Slot {
        NOW,
        /** Its {@link SlotWait} tells; if no slot is left before the run ends, never. */
        LATER,
        /** The queue is full: it ends with {@link ErrorClass#THROTTLE_QUEUE_FULL}. */
        REFUSED
    }

    /**
     * Gives a request of this user its slot, which is its intended start then. Several may wait side by side.
     *
     * @param sample begun, and of a request that is ready to be sent
     */
    public Slot takeSlot(RequestSample sample, SlotWait wait) {
        Throttle throttle = population.throttle;
        if (throttle == null) {
            return Slot.NOW;
        }
        long now = now();
        long slot = throttle.take(now);
        if (slot == Throttle.REFUSED) {
            return Slot.REFUSED;
        }
        if (slot == Slots.NONE) {
            slotWaits++;
            return Slot.LATER;
        }
        sample.throttleWaitNanos = Math.max(0, slot - sample.intendedStartNanos);
        sample.paceOverrunNanos = 0; // it lies before the slot
        sample.intendedStartNanos = slot;
        sample.warmUp = isWarmUp(slot);
        dueNanos = slot;
        if (slot <= now) {
            return Slot.NOW;
        }
        slotWaits++;
        wait.begin(throttle, slot);
        return Slot.LATER;
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
        String errorClass = cause instanceof UnresolvedException
                ? ErrorClass.USER_UNRESOLVED
                : cause instanceof Error ? ErrorClass.USER_ERROR : ErrorClass.USER_EXCEPTION;
        String message = population.run.secrets.mask(
                cause instanceof UnresolvedException || cause instanceof StepFailedException
                        ? FailureText.cut(String.valueOf(cause.getMessage()))
                        : FailureText.of(cause));
        population.run.stepFailures.count(place, errorClass, cause, message);
        recordStepFailure(place, errorClass, message);
    }

    /** As {@link #stepFailed(String, Throwable)} for a failure that no exception tells of. */
    public void stepFailed(String place, String errorClass, String message) {
        String bounded = population.run.secrets.mask(FailureText.cut(message));
        population.run.stepFailures.count(place, errorClass, bounded);
        recordStepFailure(place, errorClass, bounded);
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
        if (waiting) {
            waiting = false;
            population.waiting.decrement();
        }
        for (UserResource resource : resources) {
            if (resource != null) {
                try {
                    resource.close();
                } catch (RuntimeException e) {
                    population.run.warn("A resource of user "
                            + session.identity().userId() + " did not close: " + FailureText.of(e));
                }
            }
        }
        resources = NO_RESOURCES;
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
        return slot < resources.length ? resources[slot] : null;
    }

    public void resource(int slot, UserResource resource) {
        if (slot >= resources.length) {
            resources = Arrays.copyOf(resources, slot + 1);
        }
        resources[slot] = resource;
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
        if (stage == NEW) {
            state = RUNNING;
            if (population.start(this, here, atNanos())) {
                stage = LIVE;
                run(here, WOKEN);
            }
            return;
        }
        if (STATE.compareAndSet(this, IDLE, RUNNING)) {
            run(here, WOKEN);
        } else {
            deliverOnLoop(WOKEN);
        }
    }

    /** The run is cut off: a message from the control thread. */
    void cutOff() {
        deliver(CUT_OFF);
    }

    private static final Message CUT_OFF = new Notice() {
        @Override
        public @Nullable Action receive(VirtualUser user) {
            return user.cutOffNow(UserEnd.STOPPED);
        }
    };

    private @Nullable Action cutOffNow(UserEnd reason) {
        long now = now();
        for (UserResource resource : resources) {
            if (resource != null) {
                try {
                    resource.cutOff(now);
                } catch (RuntimeException e) {
                    population.run.warn(
                            "A request of user " + userId() + " could not be cut off: " + FailureText.of(e));
                }
            }
        }
        return end(reason);
    }

    /** That I/O thread is held at that place: ends the user if it has something in flight there. */
    @Nullable
    Action threadHeld(Thread thread, String place) {
        boolean isBlocked = false;
        for (UserResource resource : resources) {
            if (resource != null) {
                try {
                    isBlocked |= resource.blocked(thread, place);
                } catch (RuntimeException e) {
                    population.run.warn("A request of user " + userId() + " could not be ended: " + FailureText.of(e));
                }
            }
        }
        return isBlocked ? end(UserEnd.BLOCKED) : null;
    }

    /** For the control thread: whether nothing it knows of will ever wake it. A moment old. */
    boolean waitsForNothing() {
        return state == IDLE && stage == LIVE && mail == null && !isAwaited();
    }

    /** Whether something is to wake it that is not in its mailbox yet. */
    private boolean isAwaited() {
        if (timerSet || resume != null || slotWaits > 0) {
            return true;
        }
        for (UserResource resource : resources) {
            if (resource != null && resource.isAwaited()) {
                return true;
            }
        }
        return false;
    }

    /** Nothing would have woken it any more: ends it, if that is still so. */
    @Nullable
    Action lost() {
        if (stage != LIVE || mail != null || isAwaited()) {
            return null;
        }
        population.run.lostUser(this);
        stepFailed(
                "scenario \"" + population.name() + "\"",
                ErrorClass.USER_LOST,
                "a user waited for nothing: no timer, no request, no message");
        return cutOffNow(UserEnd.BLOCKED);
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
        if (waiting) {
            waiting = false;
            population.waiting.decrement();
        }
        Action next = resume;
        resume = null;
        return next;
    }

    void firstAction(Action first) {
        resume = first;
    }

    /**
     * Runs this user, which the caller has made RUNNING, until it waits, and then whatever has come meanwhile.
     *
     * @param first what it is run for; null: its mail
     */
    private void run(Carrier here, @Nullable Message first) {
        Message message = first == null ? nextLetter() : first;
        while (true) {
            boolean ours = true;
            if (message != null && stage != ENDED) {
                carrier = here;
                Poller poller = message.poller();
                if (poller == null && (message != WOKEN || waiting)) {
                    turns++;
                }
                here.enter(this, message, now());
                if (poller == null) {
                    turn(here, message, true);
                } else {
                    turnBeside(here, message, poller);
                }
                ours = here.leave();
                carrier = null;
                if (timerPending) {
                    timerPending = false;
                    if (ours && here.loop == loop) {
                        loop.addOwn(this, atNanos());
                    } else {
                        loop.add(this, atNanos());
                    }
                }
            }
            if (stage == ENDED) {
                return;
            }
            if (!ours) {
                state = IDLE;
                if (mail != null) {
                    loop.add(new Collect(this), 0);
                }
                return;
            }
            message = nextLetter();
            if (message == null) {
                state = IDLE;
                if (mail == null || !STATE.compareAndSet(this, IDLE, RUNNING)) {
                    return;
                }
                message = nextLetter();
            }
        }
    }

    private void turnBeside(Carrier here, Message message, Poller poller) {
        poller.inPass(() -> turn(here, message, false));
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

    /**
     * One turn: from a message to the next wait, or until others must have theirs.
     *
     * @param mayYield whether it may be interrupted: what goes on beside a scenario has no place to go on from
     */
    private void turn(Carrier here, Message message, boolean mayYield) {
        Action action;
        try {
            action = message.receive(this);
        } catch (Throwable failure) {
            action = failed(message.place(), failure, message.next());
        }
        int actions = 0;
        while (action != null && stage != ENDED) {
            actions++;
            if (mayYield
                    && (here.isLost()
                            || population.run.isHalted()
                            || actions % LOOK_EVERY == 0 && mustYield(here, actions))) {
                yieldTo(action);
                return;
            }
            here.action = action;
            try {
                action = action.execute(this);
            } catch (Throwable failure) {
                timerPending = timerPending && unsetTimer();
                action = failed(action.place(), failure, action.next());
            }
        }
    }

    private boolean mustYield(Carrier here, int actions) {
        return actions >= TURN_ACTIONS || now() - here.entered() > TURN_NANOS;
    }

    /** An action that arranged for a wait and then threw goes on at once. */
    private boolean unsetTimer() {
        woken();
        return false;
    }

    private @Nullable Action failed(String place, Throwable failure, Action next) {
        if (failure instanceof OutOfMemoryError) {
            population.run.outOfMemory(); // the cut ends this user: that takes memory
            return null;
        }
        if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
            return stopRun(new RunStop("The generator failed: " + FailureText.of(failure), true));
        }
        stepFailed(place, failure);
        return next;
    }

    private void post(Message message) {
        Letter letter = new Letter(message);
        Letter before;
        do {
            before = mail;
            letter.before = before;
        } while (!MAIL.compareAndSet(this, before, letter));
    }

    /** Takes the oldest letter. */
    private @Nullable Message nextLetter() {
        while (true) {
            Letter newest = mail;
            if (newest == null) {
                return null;
            }
            if (newest.before == null) {
                if (MAIL.compareAndSet(this, newest, null)) {
                    return newest.message;
                }
                continue;
            }
            Letter last = newest;
            while (last.before != null && last.before.before != null) {
                last = last.before;
            }
            Letter oldest = last.before;
            last.before = null; // only the thread that runs the user takes letters
            if (oldest != null) {
                return oldest.message;
            }
        }
    }
}
