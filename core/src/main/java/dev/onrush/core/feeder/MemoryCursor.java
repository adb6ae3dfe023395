package dev.onrush.core.feeder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.UserIdentity;

/** All records in memory. */
final class MemoryCursor implements Cursor {
    private final Map<String, Object>[] records;
    private final Set<String> keys;
    private final List<String> remarks;
    private final RecordOrder order;
    private final AtomicLong taken = new AtomicLong();

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of maps
    MemoryCursor(RecordFeeder.Records given, RecordOrder order, long seed) {
        this.records = given.all().toArray(Map[]::new);
        this.keys = RecordFeeder.keys(given.all());
        this.remarks = given.remarks();
        this.order = order;
        if (order == RecordOrder.SHUFFLE) {
            shuffle(records, new SplittableRandom(seed));
        }
    }

    private static void shuffle(Object[] all, SplittableRandom random) {
        for (int i = all.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Object moved = all[i];
            all[i] = all[other];
            all[other] = moved;
        }
    }

    @Override
    public @Nullable Map<String, Object> next(UserIdentity user) {
        return switch (order) {
            case QUEUE, SHUFFLE -> {
                long mine = taken.getAndIncrement();
                yield mine < records.length ? records[(int) mine] : null;
            }
            case CIRCULAR -> records[(int) (taken.getAndIncrement() % records.length)];
            case RANDOM -> records[user.random().nextInt(records.length)];
        };
    }

    @Override
    public Optional<Set<String>> attributes() {
        return Optional.of(keys);
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public void close() {}
}
