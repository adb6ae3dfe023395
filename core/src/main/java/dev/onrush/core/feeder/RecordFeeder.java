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
    private final Use use;
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
        this(source, Use.DEFAULT);
    }

    private RecordFeeder(RecordSource source, Use use) {
        this.source = source;
        this.use = use;
    }

    public RecordFeeder in(RecordOrder other) {
        return new RecordFeeder(source, use.in(other));
    }

    /** Changes values as they are given out, after the transformations named before. */
    public RecordFeeder transformed(Transformation transformation) {
        return new RecordFeeder(source, use.transformed(transformation));
    }

    /** The same records, in a file that is packed by gzip, or as the only file of a zip archive. */
    public RecordFeeder unzipped() {
        if (!(source instanceof FileSource file)) {
            throw new IllegalStateException(source.name() + " is no file");
        }
        return new RecordFeeder(file.unzipped(), use);
    }

    public RecordFeeder stoppingUserWhenEmpty() {
        return new RecordFeeder(source, use.stoppingUser());
    }

    /** In a run split over n generators, generator i takes the records i, i+n, … of the source, and no other. */
    public RecordFeeder shared() {
        return new RecordFeeder(source, use.shared());
    }

    /** Held in memory whole, however large the source is. */
    public RecordFeeder held() {
        return new RecordFeeder(source, use.holding(Use.WHOLE));
    }

    /** Read as it goes, however small the source is, with so many records in memory. */
    public RecordFeeder windowed(int records) {
        return new RecordFeeder(source, use.holding(records));
    }

    /**
     * What is done with the records of a source.
     *
     * @param stopsUser a user who finds none left ends
     * @param isShared generators that share a run have every n-th record each
     * @param held how many records are in memory at once; or {@link #WHOLE}, or {@link #BY_SIZE}
     */
    private record Use(
            RecordOrder order, List<Transformation> transformations, boolean stopsUser, boolean isShared, int held) {
        static final int BY_SIZE = 0;
        static final int WHOLE = -1;
        static final Use DEFAULT = new Use(RecordOrder.QUEUE, List.of(), false, false, BY_SIZE);

        Use in(RecordOrder other) {
            return new Use(other, transformations, stopsUser, isShared, held);
        }

        Use transformed(Transformation transformation) {
            List<Transformation> more = new ArrayList<>(transformations);
            more.add(transformation);
            return new Use(order, List.copyOf(more), stopsUser, isShared, held);
        }

        Use stoppingUser() {
            return new Use(order, transformations, true, isShared, held);
        }

        Use shared() {
            return new Use(order, transformations, stopsUser, true, held);
        }

        Use holding(int records) {
            return new Use(order, transformations, stopsUser, isShared, records);
        }
    }

    @Override
    public void open(Settings settings, long seed) {
        close();
        emptyHanded.reset();
        long own = seed + source.name().hashCode() * 0x9E3779B97F4A7C15L; // two sources are not shuffled alike
        Segment segment = settings.segment();
        RecordSource ours = use.isShared() && !segment.isWhole() ? new SharedRecords(source, segment) : source;
        int window = window(ours, settings);
        cursor = window > 0
                ? new StreamCursor(ours, settings, use.order(), own, window)
                : new MemoryCursor(records(ours, settings), use.order(), own);
    }

    /** How many records are in memory while the source is read as it goes; none if it is held whole. */
    private int window(RecordSource ours, Settings settings) {
        if (use.held() == Use.BY_SIZE) {
            boolean isLarge = ours.size() > settings.longNumber(Setting.FEEDER_LARGE_FILE_MIB) << 20;
            return isLarge ? StreamCursor.WINDOW : 0;
        }
        return Math.max(0, use.held());
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
        if (use.transformations().isEmpty()) {
            return record;
        }
        Map<String, Object> changed = new LinkedHashMap<>(record);
        for (Transformation transformation : use.transformations()) {
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
        return use.stopsUser();
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
        if (use.stopsUser() && left > 0) {
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
