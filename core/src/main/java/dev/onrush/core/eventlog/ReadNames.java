package dev.onrush.core.eventlog;

import static dev.onrush.core.eventlog.LogFormat.*;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The names of a log that is being read, as its blocks tell them. */
final class ReadNames implements NameTable {
    private record Entry(int place, String text, String second) {}

    private final @Nullable Entry[][] entries = {
        new @Nullable Entry[16], new @Nullable Entry[64], new @Nullable Entry[16], new @Nullable Entry[64]
    };

    /** Reads one name of a block. */
    void read(ByteReader in) {
        int kind = in.oneByte();
        int number = in.name();
        int place = in.name();
        if (kind > NAME_ERROR) {
            in.text();
            in.text();
            return;
        }
        @Nullable Entry[] known = entries[kind];
        if (number >= known.length) {
            known = Arrays.copyOf(known, Math.max(number + 1, known.length * 2));
            entries[kind] = known;
        }
        if (known[number] == null) {
            known[number] = new Entry(place, in.text(), in.text());
        } else {
            in.skipText();
            in.skipText();
        }
    }

    private @Nullable Entry find(int kind, int number) {
        return number >= 0 && number < entries[kind].length ? entries[kind][number] : null;
    }

    private Entry get(int kind, int number) {
        Entry entry = find(kind, number);
        if (entry == null) {
            throw MalformedRecordException.INSTANCE;
        }
        return entry;
    }

    void requireGroup(int group) {
        int depth = 0;
        for (int at = group; at != Names.NO_GROUP; at = get(NAME_GROUP, at).place()) {
            if (++depth > NameRegistry.GROUP_DEPTH) {
                throw MalformedRecordException.INSTANCE;
            }
        }
    }

    void requireRequest(int request) {
        requireGroup(get(NAME_REQUEST, request).place());
    }

    void requireScenario(int scenario) {
        get(NAME_SCENARIO, scenario);
    }

    void requireError(int error) {
        get(NAME_ERROR, error);
    }

    @Override
    public List<String> groupPath(int group) {
        Deque<String> path = new ArrayDeque<>();
        for (int at = group; at != Names.NO_GROUP; ) {
            Entry entry = get(NAME_GROUP, at);
            path.addFirst(entry.text());
            at = entry.place();
        }
        return List.copyOf(path);
    }

    @Override
    public int parentOfGroup(int group) {
        return group == Names.NO_GROUP ? -1 : get(NAME_GROUP, group).place();
    }

    @Override
    public String groupName(int group) {
        return group == Names.NO_GROUP ? "" : get(NAME_GROUP, group).text();
    }

    @Override
    public int groupOfRequest(int request) {
        return get(NAME_REQUEST, request).place();
    }

    @Override
    public String requestName(int request) {
        return get(NAME_REQUEST, request).text();
    }

    @Override
    public boolean hasScenario(int scenario) {
        return find(NAME_SCENARIO, scenario) != null;
    }

    @Override
    public String scenarioName(int scenario) {
        return get(NAME_SCENARIO, scenario).text();
    }

    @Override
    public String errorClass(int error) {
        return get(NAME_ERROR, error).text();
    }

    @Override
    public String errorMessage(int error) {
        return get(NAME_ERROR, error).second();
    }
}
