package dev.onrush.core.engine;

import java.util.HashMap;
import java.util.Map;

import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Recorder;

/**
 * Notices threads that an author's code holds, takes their loops from them, and tells the users whose requests sit on them. Belongs to the control thread. What the machine or
 * the JVM itself stood still is no author's fault: a silence counts only where the watchdog itself could look meanwhile.
 */
final class Watchdog {
    private static final long NOTICE_NANOS = 50_000_000;
    private static final long MOVE_NANOS = 1_000_000_000;
    /** Silences are judged by looks that came on time: at least so many while it lasted. */
    private static final int LOOKS = 2;

    private record Held(long since, int looks, String place, boolean isTold) {}

    private final LoadRun run;
    private final Map<Carrier, Held> held = new HashMap<>();
    private long hiccupNanos;

    Watchdog(LoadRun run) {
        this.run = run;
    }

    /** @param lateNanos how late this look comes */
    void look(long nowNanos, long lateNanos, Recorder recorder) {
        hiccupNanos = Math.max(hiccupNanos, lateNanos);
        for (Carrier carrier : run.carriers) {
            long since = carrier.entered();
            if (since == Carrier.OUT || carrier.isLost()) {
                held.remove(carrier);
                continue;
            }
            look(carrier, since, nowNanos, recorder);
        }
    }

    long takeHiccup() {
        long longest = hiccupNanos;
        hiccupNanos = 0;
        return longest;
    }

    private void look(Carrier carrier, long since, long nowNanos, Recorder recorder) {
        Held last = held.get(carrier);
        Held before = last != null && last.since == since ? last : new Held(since, 0, "", false);
        int looks = before.looks + 1;
        String place = before.place;
        boolean isTold = before.isTold;
        long silent = nowNanos - since;
        Thread thread = carrier.thread;
        if (silent > NOTICE_NANOS && looks > LOOKS && thread != null) {
            if (place.isEmpty()) {
                place = notice(carrier, silent, nowNanos, thread);
            } else {
                run.stalls.lasts(place, silent, nowNanos);
            }
            EventLoop loop = carrier.loop;
            if (silent > MOVE_NANOS && loop != null && carrier.lose(since, nowNanos)) {
                run.startLoop(loop);
                recorder.mark(MarkKind.STALL, nowNanos, thread.getName() + " goes on with a fresh thread: " + place);
            } else if (silent > MOVE_NANOS && loop == null && !isTold) {
                isTold = true;
                tell(new HeldThread(carrier, thread, since, place));
                recorder.mark(MarkKind.STALL, nowNanos, thread.getName() + " ends users with requests on it: " + place);
            }
        }
        held.put(carrier, new Held(since, looks, place, isTold));
    }

    /** A reactor cannot go on with another thread: whoever has a request on it ends. */
    private void tell(HeldThread notice) {
        for (EventLoop loop : run.loops) {
            loop.live.all().forEach(user -> user.deliverOnLoop(notice));
        }
    }

    private String notice(Carrier carrier, long silent, long nowNanos, Thread thread) {
        VirtualUser user = carrier.user;
        String known = carrier.place();
        String place = known.isEmpty() ? thread.getName() : known;
        run.stalls.noticed(place, silent, nowNanos, user == null ? 0 : user.userId(), thread);
        return place;
    }
}
