package dev.onrush.dsl;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import dev.onrush.core.Require;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.feeder.RecordFeeder;
import dev.onrush.core.feeder.RecordOrder;
import dev.onrush.core.feeder.RecordSource;
import dev.onrush.core.setting.Settings;

/**
 * A source of records for sessions. One value is one cursor, shared by all users and all {@code feed} steps that use it; each call
 * gives a new value.
 *
 * <pre>{@code
 * feed(csv("users.csv").circular())
 * }</pre>
 *
 * @param <T> what its values are before they are transformed
 */
public sealed class FeederBuilder<T> {
    private final RecordFeeder feeder;

    FeederBuilder(RecordFeeder feeder) {
        this.feeder = feeder;
    }

    /** Records in order, each once; in memory or in a file. */
    static <T> FeederBuilder<T> of(RecordSource source) {
        return new FeederBuilder<>(new RecordFeeder(source));
    }

    static <T> Batchable<T> ofFile(RecordSource source) {
        return new Batchable<>(new RecordFeeder(source));
    }

    final Feeder feeder() {
        return feeder;
    }

    /** In order, each once; the default. */
    public FeederBuilder<T> queue() {
        return new FeederBuilder<>(feeder.in(RecordOrder.QUEUE));
    }

    /** Shuffled once, then each once. */
    public FeederBuilder<T> shuffle() {
        return new FeederBuilder<>(feeder.in(RecordOrder.SHUFFLE));
    }

    /** Any record, for ever. */
    public FeederBuilder<T> random() {
        return new FeederBuilder<>(feeder.in(RecordOrder.RANDOM));
    }

    /** In order, from the beginning again after the last. */
    public FeederBuilder<T> circular() {
        return new FeederBuilder<>(feeder.in(RecordOrder.CIRCULAR));
    }

    /** Changes each value before it goes into a session. */
    @SuppressWarnings("unchecked") // the source gives values of T
    public final FeederBuilder<Object> transform(BiFunction<String, T, ? extends Object> function) {
        Require.notNull("transform", function);
        return new FeederBuilder<>(feeder.transformed((key, value) -> function.apply(key, (T) value)));
    }

    /** A user who finds it empty ends, and is counted under "feeder empty"; the run goes on. */
    public FeederBuilder<T> stopUserWhenEmpty() {
        return new FeederBuilder<>(feeder.stoppingUserWhenEmpty());
    }

    /** In a run that is split over n generators, generator i takes the records i, i+n, … of the source, and no other. */
    public FeederBuilder<T> shard() {
        return new FeederBuilder<>(feeder.shared());
    }

    /** All records, read now, in the order of the source. */
    public final List<Map<String, Object>> readRecords() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return feeder.readAll(
                Settings.inForce(Map.of(), loader == null ? FeederBuilder.class.getClassLoader() : loader));
    }

    /** How many records there are, read now. */
    public final int recordsCount() {
        return readRecords().size();
    }

    /** A feeder whose records are in a file. */
    public abstract static sealed class FileBased<T> extends FeederBuilder<T> {
        private FileBased(RecordFeeder feeder) {
            super(feeder);
        }

        /** The file is packed by gzip, or is a zip archive with one file in it. */
        public abstract FileBased<T> unzip();

        @Override
        public abstract FileBased<T> queue();

        @Override
        public abstract FileBased<T> shuffle();

        @Override
        public abstract FileBased<T> random();

        @Override
        public abstract FileBased<T> circular();

        @Override
        public abstract FileBased<T> stopUserWhenEmpty();

        @Override
        public abstract FileBased<T> shard();
    }

    /** A feeder of a file that says how much of it is held in memory: all, unless it is large. */
    public static final class Batchable<T> extends FileBased<T> {
        /** Records, unless told. */
        private static final int WINDOW = 2000;

        private Batchable(RecordFeeder feeder) {
            super(feeder);
        }

        private RecordFeeder records() {
            return (RecordFeeder) feeder();
        }

        /** All records are held in memory, however large the file is. */
        public Batchable<T> eager() {
            return new Batchable<>(records().held());
        }

        /** As {@link #batch(int)}, with 2000 records. */
        public Batchable<T> batch() {
            return batch(WINDOW);
        }

        /** The file is read as it goes, however small it is; random and shuffled records come from a window of so many. */
        public Batchable<T> batch(int records) {
            return new Batchable<>(records().windowed(Require.atLeast("batch: records", 1, records)));
        }

        @Override
        public Batchable<T> unzip() {
            return new Batchable<>(records().unzipped());
        }

        @Override
        public Batchable<T> queue() {
            return new Batchable<>(records().in(RecordOrder.QUEUE));
        }

        @Override
        public Batchable<T> shuffle() {
            return new Batchable<>(records().in(RecordOrder.SHUFFLE));
        }

        @Override
        public Batchable<T> random() {
            return new Batchable<>(records().in(RecordOrder.RANDOM));
        }

        @Override
        public Batchable<T> circular() {
            return new Batchable<>(records().in(RecordOrder.CIRCULAR));
        }

        @Override
        public Batchable<T> stopUserWhenEmpty() {
            return new Batchable<>(records().stoppingUserWhenEmpty());
        }

        @Override
        public Batchable<T> shard() {
            return new Batchable<>(records().shared());
        }
    }
}
