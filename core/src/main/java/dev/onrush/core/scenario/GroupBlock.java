package dev.onrush.core.scenario;

import dev.onrush.core.engine.VirtualUser;

/** A named span a user is inside of. Left, it is recorded. */
final class GroupBlock extends UserBlock {
    private final String name;
    private final int parent;
    private final long startNanos;
    private final long cumulatedBefore;
    private final long failedBefore;

    GroupBlock(String name, VirtualUser user) {
        super(user.session().block());
        this.name = name;
        this.parent = user.group();
        this.startNanos = user.dueNanos();
        this.cumulatedBefore = user.cumulatedRequestNanos();
        this.failedBefore = user.failedRequests();
    }

    @Override
    public String group() {
        return name;
    }

    @Override
    protected void close(VirtualUser user) {
        user.recorder()
                .groupEnd(
                        user.session().identity().userId(),
                        user.scenario(),
                        user.group(),
                        startNanos,
                        Math.max(startNanos, user.arrivedNanos()),
                        user.cumulatedRequestNanos() - cumulatedBefore,
                        user.failedRequests() == failedBefore,
                        user.isWarmUp(startNanos));
        user.group(parent);
    }
}
