package dev.onrush.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.Recorder;

/**
 * Hands the users of all populations to the loops, and lets populations begin that come after others. Belongs to the control
 * thread.
 */
final class Injection {
    /** Users are handed to their loops so long before they are due. */
    private static final long LOOK_AHEAD_NANOS = 100_000_000;
    /** Users handed over in one go, before the control thread looks after everything else again. */
    private static final int BATCH = 20_000;

    private final LoadRun run;
    private PopulationRun[] populations = {};
    /** Of the populations that have begun. An array: to walk through it leaves no garbage. */
    private Injector[] injectors = {};
    /** Populations that begin when the users of others have ended. */
    private final List<Injector> followers = new ArrayList<>();

    private final List<LoadChanges> loadChanges = new ArrayList<>();
    private volatile boolean isHandedOver;

    Injection(LoadRun run) {
        this.run = run;
    }

    void prepare(PopulationRun[] all) {
        populations = all;
        for (PopulationRun population : all) {
            Injector injector = Injector.of(population);
            if (population.plan.after().isEmpty()) {
                begin(injector, 0);
            } else {
                followers.add(injector);
            }
        }
    }

    /** Whether nobody is left to be handed over, of the populations that have begun. From any thread. */
    boolean isHandedOver() {
        return isHandedOver;
    }

    /** Whether nobody is left to be handed over at all. */
    boolean isThrough() {
        return isHandedOver && followers.isEmpty();
    }

    /** When somebody is to be handed over next; far in the future if nobody is. */
    long nextDue() {
        long next = Long.MAX_VALUE;
        for (Injector injector : injectors) {
            next = Math.min(next, injector.next());
        }
        return next == Injector.DONE ? next : Math.max(0, next - LOOK_AHEAD_NANOS);
    }

    /** Hands over what is due within the look-ahead, earliest first so that it does not matter when this runs. */
    void step(long nowNanos) {
        if (run.isStopping()) {
            return;
        }
        beginFollowers();
        for (int handed = 0; handed < BATCH; handed++) {
            Injector first = earliest();
            if (first == null) {
                isHandedOver = true;
                return;
            }
            if (first.next() > nowNanos + LOOK_AHEAD_NANOS) {
                return;
            }
            first.handOver(run.nextLoop());
        }
    }

    private @Nullable Injector earliest() {
        Injector first = null;
        long earliest = Injector.DONE;
        for (Injector injector : injectors) {
            long next = injector.next();
            if (next < earliest) {
                first = injector;
                earliest = next;
            }
        }
        return first;
    }

    /** A population begins at the very moment at which the last user ended of those it comes after. */
    private void beginFollowers() {
        for (int i = 0; i < followers.size(); i++) {
            Injector follower = followers.get(i);
            long endNanos = 0;
            boolean isNext = true;
            for (PopulationRun leader : populations) {
                if (follower.population.plan.after().contains(leader.name())) {
                    isNext &= leader.isThrough();
                    endNanos = Math.max(endNanos, leader.lastEnd());
                }
            }
            if (isNext) {
                followers.remove(i);
                isHandedOver = false;
                begin(follower, endNanos);
                i = -1; // one without users lets its own followers begin
            }
        }
    }

    private void begin(Injector injector, long atNanos) {
        injectors = Arrays.copyOf(injectors, injectors.length + 1);
        injectors[injectors.length - 1] = injector;
        loadChanges.add(new LoadChanges(injector.population));
        injector.begin(atNanos);
    }

    /** The run stops: users that were due before and that were not even handed over are dropped, and counted. */
    void dropOverdue(long nowNanos, Carrier carrier) {
        for (Injector injector : injectors) {
            injector.drop(nowNanos, carrier);
        }
    }

    /** Marks on the time axis what the profiles began to ask for since the last time. */
    void markLoadChanges(long nowNanos, Recorder recorder) {
        loadChanges.forEach(changes -> changes.mark(nowNanos, recorder));
    }
}
