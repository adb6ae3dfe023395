package dev.onrush.core.engine;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.injection.Slots;

/**
 * One request's wait for its slot of a throttle, whatever else its user waits for. One at a time, used again for the next.
 */
public final class SlotWait extends LoopTask implements Message {
    private final VirtualUser user;
    private final Message whenDue;
    /** Null: no request waits. */
    private final @Nullable Throttle throttle;

    /** When a request may be sent that asked for a slot. */
    public enum Slot {
        NOW,
        /** The user is told; if no slot is left before the run ends, never. */
        LATER,
        /** The queue is full: it ends with {@link ErrorClass#THROTTLE_QUEUE_FULL}. */
        REFUSED
    }

    /** @param whenDue what the user gets once the slot has come */
    public SlotWait(VirtualUser user, Message whenDue) {
        this.user = user;
        this.whenDue = whenDue;
        this.throttle = user.population().throttle;
    }

    /**
     * Gives a request of this user its slot, which is its intended start then.
     *
     * @param sample begun, and of a request that is ready to be sent
     */
    public Slot take(RequestSample sample) {
        Throttle its = throttle;
        if (its == null) {
            return Slot.NOW;
        }
        long now = user.now();
        long slot = its.take(now);
        if (slot == Throttle.REFUSED) {
            return Slot.REFUSED;
        }
        if (slot == Slots.NONE) {
            user.waitsForSlot();
            return Slot.LATER;
        }
        sample.throttleWaitNanos = Math.max(0, slot - sample.intendedStartNanos);
        sample.paceOverrunNanos = 0; // it lies before the slot
        sample.intendedStartNanos = slot;
        sample.warmUp = user.isWarmUp(slot);
        user.dueNanos(slot);
        if (slot <= now) {
            return Slot.NOW;
        }
        user.waitsForSlot();
        user.loop().add(this, slot);
        return Slot.LATER;
    }

    /** The slot has come. */
    @Override
    void run(Carrier carrier) {
        Throttle its = throttle;
        if (its != null) {
            its.waited();
        }
        user.deliver(this);
    }

    @Override
    public @Nullable Action receive(VirtualUser receiver) throws Exception {
        receiver.slotHasCome();
        return whenDue.receive(receiver);
    }

    @Override
    public @Nullable Poller poller() {
        return whenDue.poller();
    }

    @Override
    public Action next() {
        return whenDue.next();
    }

    @Override
    public String place() {
        return whenDue.place();
    }
}
