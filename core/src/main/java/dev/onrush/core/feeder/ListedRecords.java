package dev.onrush.core.feeder;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.setting.Settings;

/** Records the author wrote down. */
public record ListedRecords(String name, List<Map<String, Object>> records) implements RecordSource {
    public ListedRecords {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i) == null) {
                throw new DefinitionException(name + ": record " + i + " is null. Remove it.");
            }
        }
        records = records.stream()
                .map(record -> Collections.unmodifiableMap((Map<String, Object>) new LinkedHashMap<>(record)))
                .toList();
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public RecordReading read(Settings settings) {
        Iterator<Map<String, Object>> rest = records.iterator();
        return new RecordReading() {
            @Override
            public @Nullable Map<String, Object> next() {
                return rest.hasNext() ? rest.next() : null;
            }

            @Override
            public void close() {}
        };
    }
}
