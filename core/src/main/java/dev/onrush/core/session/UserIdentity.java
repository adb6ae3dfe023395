package dev.onrush.core.session;

import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/** Who a virtual user is, the same in all its sessions. Used by one thread at a time. */
public final class UserIdentity {
    private final long userId;
    private final String scenario;
    private final long seed;
    private @Nullable SplittableRandom random;

    /**
     * @param userId from 1, unique in the run
     * @param seed of the run
     */
    public UserIdentity(long userId, String scenario, long seed) {
        this.userId = userId;
        this.scenario = scenario;
        this.seed = seed;
    }

    public long userId() {
        return userId;
    }

    public String scenario() {
        return scenario;
    }

    /** This user's own generator, seeded by run and user, so that the order of threads does not matter. */
    public SplittableRandom random() {
        SplittableRandom mine = random;
        if (mine == null) {
            mine = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + userId * 0xC2B2AE3D27D4EB4FL);
            random = mine;
        }
        return mine;
    }
}
