package dev.onrush.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * One request's wait for its slot of a throttle, whatever else its user waits for: see {@link VirtualUser#takeSlot}. One at a time, used
 * again for the next.
 */
public final class SlotWait extends LoopTask implements Message {
    private final VirtualUser user;
    private final Message whenDue;
    private @Nullable Throttle throttle;

    /** @param whenDue what the user gets once the slot has come */
    public SlotWait(VirtualUser user, Message whenDue) {
        this.user = user;
        this.whenDue = whenDue;
    }

    void begin(Throttle of, long slotNanos) {
        throttle = of;
        user.loop().add(this, slotNanos);
    }

    /** The slot has come. */
    @Override
    void run(Carrier carrier) {
        Throttle mine = throttle;
        if (mine != null) {
            mine.waited();
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
