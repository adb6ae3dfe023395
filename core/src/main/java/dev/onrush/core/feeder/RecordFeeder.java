package dev.onrush.core.feeder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Segment;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/**
 * Records of a source in some order. The value is immutable but for its cursor, which {@link #open} puts to the beginning: each
 * variation is a feeder with a cursor of its own.
 */
public final class RecordFeeder implements Feeder {
    private final RecordSource source;
    private final RecordOrder order;
    private final List<Transformation> transformations;
    private final boolean stopsUser;
    /** Generators that share a run have every n-th record each. */
    private final boolean isShared;
    /** How often nothing was left to give, since it was opened. */
    private final LongAdder emptyHanded = new LongAdder();

    private volatile @Nullable Cursor cursor;

    /** An author's change of one value on its way into a session. */
    @FunctionalInterface
    public interface Transformation {
        @Nullable
        Object apply(String key, Object value);
    }

    /** In order, each once. */
    public RecordFeeder(RecordSource source) {
        this(source, RecordOrder.QUEUE, List.of(), false, false);
    }

    private RecordFeeder(
            RecordSource source,
            RecordOrder order,
            List<Transformation> transformations,
            boolean stopsUser,
            boolean isShared) {
        this.source = source;
        this.order = order;
        this.transformations = transformations;
        this.stopsUser = stopsUser;
        this.isShared = isShared;
    }

    public RecordFeeder in(RecordOrder other) {
        return new RecordFeeder(source, other, transformations, stopsUser, isShared);
    }

    /** Changes values as they are given out, after the transformations named before. */
    public RecordFeeder transformed(Transformation transformation) {
        List<Transformation> more = new ArrayList<>(transformations);
        more.add(transformation);
        return new RecordFeeder(source, order, List.copyOf(more), stopsUser, isShared);
    }

    /** The same records, in a file that is packed by gzip, or as the only file of a zip archive. */
    public RecordFeeder unzipped() {
        if (!(source instanceof FileSource file)) {
            throw new IllegalStateException(source.name() + " is no file");
        }
        return new RecordFeeder(file.unzipped(), order, transformations, stopsUser, isShared);
    }

    public RecordFeeder stoppingUserWhenEmpty() {
        return new RecordFeeder(source, order, transformations, true, isShared);
    }

    /** In a run split over n generators, generator i takes the records i, i+n, … of the source, and no other. */
    public RecordFeeder shared() {
        return new RecordFeeder(source, order, transformations, stopsUser, true);
    }

    @Override
    public void open(Settings settings, long seed) {
        close();
        emptyHanded.reset();
        long limit = settings.longNumber(Setting.FEEDER_LARGE_FILE_MIB) << 20;
        long own = seed + source.name().hashCode() * 0x9E3779B97F4A7C15L; // two sources are not shuffled alike
        Segment segment = settings.segment();
        RecordSource ours = isShared && !segment.isWhole() ? new SharedRecords(source, segment) : source;
        cursor = ours.size() > limit
                ? new StreamCursor(ours, settings, order, own)
                : new MemoryCursor(records(ours, settings), order, own);
    }

    private static Records records(RecordSource source, Settings settings) {
        try (RecordReading reading = source.read(settings)) {
            List<Map<String, Object>> all = new ArrayList<>();
            for (Map<String, Object> record = reading.next(); record != null; record = reading.next()) {
                all.add(record);
            }
            if (all.isEmpty()) {
                throw new DefinitionException(source.name() + ": there is no record in it. Add at least one.");
            }
            return new Records(all, reading.remarks());
        } catch (BadRecordException e) {
            throw new DefinitionException(String.valueOf(e.getMessage()));
        }
    }

    /** All records of a source, with what is to be said about them. */
    record Records(List<Map<String, Object>> all, List<String> remarks) {}

    /** All records in the source's order, transformed, read now. */
    public List<Map<String, Object>> readAll(Settings settings) {
        return records(source, settings).all().stream().map(this::transform).toList();
    }

    @Override
    public @Nullable Map<String, Object> next(UserIdentity user) {
        Cursor current = cursor;
        if (current == null) {
            throw new IllegalStateException("feeder " + name() + " was not opened before the run");
        }
        Map<String, Object> record = current.next(user);
        if (record == null) {
            emptyHanded.increment();
            return null;
        }
        return transform(record);
    }

    private Map<String, Object> transform(Map<String, Object> record) {
        if (transformations.isEmpty()) {
            return record;
        }
        Map<String, Object> changed = new LinkedHashMap<>(record);
        for (Transformation transformation : transformations) {
            changed.replaceAll((key, value) -> {
                Object given = transformation.apply(key, value);
                if (given == null) {
                    throw new IllegalStateException("the transformation of feeder " + name() + " gave null for \"" + key
                            + "\". Return a value.");
                }
                return given;
            });
        }
        return changed;
    }

    @Override
    public Optional<Set<String>> attributes() {
        Cursor current = cursor;
        return current == null ? Optional.empty() : current.attributes();
    }

    @Override
    public boolean stopsUserWhenEmpty() {
        return stopsUser;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public List<String> remarks() {
        Cursor current = cursor;
        if (current == null) {
            return List.of();
        }
        List<String> all = new ArrayList<>(current.remarks());
        long left = emptyHanded.sum();
        if (stopsUser && left > 0) {
            all.add(name() + ": had no record left for " + left + (left == 1 ? " user, who" : " users, who")
                    + " ended there.");
        }
        return all;
    }

    @Override
    public void close() {
        Cursor current = cursor;
        cursor = null;
        if (current != null) {
            current.close();
        }
    }

    /** Names that occur in any of the records. */
    static Set<String> keys(List<Map<String, Object>> records) {
        Set<String> keys = new LinkedHashSet<>();
        for (Map<String, Object> record : records) {
            keys.addAll(record.keySet());
        }
        return keys;
    }
}
