package dev.onrush.core.engine;

import java.util.List;

import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.LoadLevel;

/** Marks on the time axis at which instants a population's profile begins to ask for something else. Belongs to the control thread. */
final class LoadChanges {
    /** More marks than these nobody reads. */
    private static final int MOST = 200;

    private final PopulationRun population;
    private final List<LoadLevel> levels;
    private int marked;

    /** Of one that has begun. */
    LoadChanges(PopulationRun population) {
        this.population = population;
        this.levels = population.plan.profile().loadLevels();
    }

    /** Marks those that have come, each at its own instant. */
    void mark(long now, Recorder recorder) {
        long until = Math.min(now, population.run.stoppedAt());
        for (; marked < levels.size() && marked < MOST; marked++) {
            long at = population.began() + levels.get(marked).fromNanos();
            if (at > until) {
                return;
            }
            if (at > 0) { // what a run begins with is no change
                recorder.mark(MarkKind.LOAD_CHANGE, at, population.name() + ": " + words(levels.get(marked)));
            }
        }
    }

    private String words(LoadLevel level) {
        if (level.peak() == 0) {
            return "nobody";
        }
        boolean closed = population.plan.profile() instanceof ClosedProfile;
        return level.describe() + (closed ? " users present" : " users/s");
    }
}
