package dev.onrush.core.engine;

import dev.onrush.core.injection.ArrivalSchedule;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.OpenProfile;

/** Hands the users of one population to the loops a little before they are due. Belongs to the control thread. */
abstract class Injector {
    /** Nothing is left to hand over. */
    static final long DONE = Long.MAX_VALUE;

    final PopulationRun population;

    private Injector(PopulationRun population) {
        this.population = population;
    }

    static Injector of(PopulationRun population) {
        return population.plan.profile() instanceof OpenProfile open
                ? new Open(population, open, open.schedule(population.plan.scheduleSeed(population.run.seed())))
                : new Closed(population, (ClosedProfile) population.plan.profile());
    }

    /** The profile's time begins. Nothing else is asked before. */
    void begin(long atNanos) {
        population.begin(atNanos);
        tellIfDone();
    }

    /** The next start, or {@link #DONE}. */
    final long next() {
        long next = nextOfProfile();
        return next == DONE ? DONE : population.began() + next;
    }

    /** Hands over the next one. */
    final void handOver(EventLoop loop) {
        handOver(next(), loop);
        tellIfDone();
    }

    /** The run stops then: passes over what is still due before, and counts it. */
    void drop(long stopNanos, Carrier carrier) {}

    /** Nanoseconds since the profile began, or {@link #DONE}. */
    abstract long nextOfProfile();

    abstract void handOver(long atNanos, EventLoop loop);

    private void tellIfDone() {
        if (nextOfProfile() == DONE) {
            population.allHandedOver();
        }
    }

    private static final class Open extends Injector {
        /** Dropped users counted one by one, a second's work at most. More are due only at a rate that somebody typed by mistake. */
        private static final long MOST_COUNTED = 50_000_000;

        private final OpenProfile profile;
        private final ArrivalSchedule schedule;
        private long ordinal = -1;
        private long next;

        Open(PopulationRun population, OpenProfile profile, ArrivalSchedule schedule) {
            super(population);
            this.profile = profile;
            this.schedule = schedule;
            step();
        }

        @Override
        long nextOfProfile() {
            return next;
        }

        @Override
        void handOver(long atNanos, EventLoop loop) {
            population.make(ordinal, atNanos, loop);
            step();
        }

        @Override
        void drop(long stopNanos, Carrier carrier) {
            long dropped = 0;
            while (next() < stopNanos && dropped < MOST_COUNTED) {
                dropped++;
                step();
            }
            if (next() < stopNanos) {
                long due = (long) profile.usersBefore(stopNanos - population.began());
                dropped += Math.max(0, population.segment.share(due) - population.segment.share(ordinal));
            }
            if (dropped > 0) {
                population.neverMade(dropped, stopNanos, carrier);
            }
        }

        /** On to the next arrival that is this generator's. */
        private void step() {
            do {
                next = schedule.next();
                ordinal++;
            } while (next != ArrivalSchedule.END && !population.segment.isOurs(ordinal));
            if (next == ArrivalSchedule.END) {
                next = DONE;
            }
        }
    }

    private static final class Closed extends Injector {
        private final ClosedProfile profile;
        private long next;

        Closed(PopulationRun population, ClosedProfile profile) {
            super(population);
            this.profile = profile;
            this.next = profile.nextRise(-1);
        }

        @Override
        long nextOfProfile() {
            return next;
        }

        @Override
        void handOver(long atNanos, EventLoop loop) {
            population.makeRise(atNanos, loop);
            next = profile.nextRise(next);
        }
    }
}
