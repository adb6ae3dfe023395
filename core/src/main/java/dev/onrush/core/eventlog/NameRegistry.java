package dev.onrush.core.eventlog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.core.Secrets;

/** The names of a run in memory. */
final class NameRegistry implements Names {
    private static final Logger LOG = LoggerFactory.getLogger(NameRegistry.class);
    /** Groups nested deeper than this are recorded as the innermost that still counts. */
    static final int GROUP_DEPTH = 100;

    private static final int FOLDED_BITS = 1 << 20;

    private final int limit;
    private final Secrets secrets;
    private final NameIndex groups = new NameIndex();
    private final NameIndex requests = new NameIndex();
    private final NameIndex scenarios = new NameIndex();
    private final NameIndex errors = new NameIndex();
    /** One bit for each folded name, found by its hash: their number without keeping them. */
    private final AtomicIntegerArray foldedBits = new AtomicIntegerArray(FOLDED_BITS / 32);

    private final AtomicInteger folded = new AtomicInteger();
    /** The requests beyond the limit, once there is one; −1 before. */
    private volatile int otherRequest = -1;

    private volatile Consumer<String> whenFolded = LOG::warn;
    private boolean warned;

    NameRegistry(int limit, Secrets secrets) {
        if (limit < 1) {
            throw new IllegalArgumentException("names.limit must be at least 1, was " + limit + ".");
        }
        this.limit = limit;
        this.secrets = secrets;
        groups.add(-1, "", "");
    }

    @Override
    public int group(int parent, String name) {
        NameIndex.Entry known = groups.find(parent, "", name);
        return known != null ? known.number() : addGroup(parent, name);
    }

    private synchronized int addGroup(int parent, String name) {
        String kept = LogText.of(secrets.mask(name), LogText.NAME_LENGTH);
        NameIndex.Entry known = groups.find(parent, "", kept);
        if (known != null) {
            return known.number();
        }
        if (groupPath(parent).size() >= GROUP_DEPTH) {
            countFolded(parent, kept);
            return parent;
        }
        if (groups.size() > limit) {
            fold("group", parent, kept);
            NameIndex.Entry other = groups.find(NO_GROUP, "", OTHER);
            return (other != null ? other : groups.add(NO_GROUP, "", OTHER)).number();
        }
        return groups.add(parent, "", kept).number();
    }

    @Override
    public int request(int group, String name) {
        NameIndex.Entry known = requests.find(group, "", name);
        if (known != null) {
            return known.number();
        }
        int other = otherRequest;
        if (other >= 0 && name.length() <= LogText.NAME_LENGTH) {
            countFolded(group, name);
            return other;
        }
        return addRequest(group, name);
    }

    private synchronized int addRequest(int group, String name) {
        String kept = LogText.of(secrets.mask(name), LogText.NAME_LENGTH);
        NameIndex.Entry known = requests.find(group, "", kept);
        if (known != null) {
            return known.number();
        }
        if (requests.size() >= limit) {
            fold("request", group, kept);
            NameIndex.Entry other = requests.find(NO_GROUP, "", OTHER);
            otherRequest = (other != null ? other : requests.add(NO_GROUP, "", OTHER)).number();
            return otherRequest;
        }
        return requests.add(group, "", kept).number();
    }

    @Override
    public int scenario(String name) {
        NameIndex.Entry known = scenarios.find(0, "", name);
        return known != null ? known.number() : addScenario(name);
    }

    private synchronized int addScenario(String name) {
        String kept = LogText.of(secrets.mask(name), LogText.NAME_LENGTH);
        NameIndex.Entry known = scenarios.find(0, "", kept);
        return (known != null ? known : scenarios.add(0, "", kept)).number();
    }

    @Override
    public int error(String errorClass, String message) {
        NameIndex.Entry known = errors.find(0, errorClass, message);
        return known != null ? known.number() : addError(errorClass, message);
    }

    private synchronized int addError(String errorClass, String message) {
        String keptClass = LogText.of(secrets.mask(errorClass), LogText.MESSAGE_LENGTH);
        String kept = LogText.of(secrets.mask(message), LogText.MESSAGE_LENGTH);
        NameIndex.Entry known = errors.find(0, keptClass, kept);
        if (known != null) {
            return known.number();
        }
        if (errors.size() >= limit) {
            // The class stays right as long as there is room for one line per class.
            countFolded(-1, keptClass + kept);
            String foldedClass = errors.size() < 2L * limit ? keptClass : OTHER;
            NameIndex.Entry other = errors.find(0, foldedClass, OTHER);
            return (other != null ? other : errors.add(0, foldedClass, OTHER)).number();
        }
        return errors.add(0, keptClass, kept).number();
    }

    /** Counts a folded name unless one of the same hash was counted: takes no lock and allocates nothing. */
    private void countFolded(int place, String name) {
        int hash = (place * 31 + name.hashCode()) * 0x9e3779b9;
        int bit = (hash ^ (hash >>> 15)) & (FOLDED_BITS - 1);
        int mask = 1 << bit;
        if ((foldedBits.get(bit >> 5) & mask) == 0
                && (foldedBits.getAndUpdate(bit >> 5, bits -> bits | mask) & mask) == 0) {
            folded.incrementAndGet();
        }
    }

    private void fold(String what, int place, String name) {
        countFolded(place, name);
        if (!warned) {
            warned = true;
            whenFolded.accept(
                    what + " name \"" + name + "\": more than " + limit + " names; it and all new ones are counted as"
                            + " \"" + OTHER + "\". Keep ids out of names: name requests by their pattern, such as"
                            + " \"GET /items/:id\".");
        }
    }

    @Override
    public List<String> groupPath(int group) {
        Deque<String> path = new ArrayDeque<>();
        for (int at = group; at != NO_GROUP; ) {
            NameIndex.Entry entry = groups.get(at);
            path.addFirst(entry.text());
            at = entry.place();
        }
        return List.copyOf(path);
    }

    @Override
    public int parentOfGroup(int group) {
        return groups.get(group).place();
    }

    @Override
    public String groupName(int group) {
        return groups.get(group).text();
    }

    @Override
    public int groupOfRequest(int request) {
        return requests.get(request).place();
    }

    @Override
    public String requestName(int request) {
        return requests.get(request).text();
    }

    @Override
    public boolean hasScenario(int scenario) {
        return scenario >= 0 && scenario < scenarios.size();
    }

    @Override
    public String scenarioName(int scenario) {
        return scenarios.get(scenario).text();
    }

    @Override
    public String errorClass(int error) {
        return errors.get(error).placeText();
    }

    @Override
    public String errorMessage(int error) {
        return errors.get(error).text();
    }

    @Override
    public void whenFolded(Consumer<String> told) {
        whenFolded = told;
    }

    @Override
    public long folded() {
        return folded.get();
    }
}
