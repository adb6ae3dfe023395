package dev.onrush.core.feeder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Segment;
import dev.onrush.core.setting.Settings;

/** What one generator has of the records that all generators of a run share: every n-th. */
record SharedRecords(RecordSource all, Segment segment) implements RecordSource {
    @Override
    public String name() {
        return all.name() + ", part " + segment;
    }

    @Override
    public long size() {
        return all.size();
    }

    @Override
    public RecordReading read(Settings settings) {
        return new Part(all.read(settings), segment);
    }

    private static final class Part implements RecordReading {
        private final RecordReading all;
        private final Segment segment;
        private long number;

        Part(RecordReading all, Segment segment) {
            this.all = all;
            this.segment = segment;
        }

        @Override
        public @Nullable Map<String, Object> next() {
            Map<String, Object> record = all.next();
            while (record != null && !segment.isOurs(number++)) {
                record = all.next();
            }
            return record;
        }

        @Override
        public Optional<Set<String>> attributes() {
            return all.attributes();
        }

        @Override
        public List<String> remarks() {
            return all.remarks();
        }

        @Override
        public void close() {
            all.close();
        }
    }
}
