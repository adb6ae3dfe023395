package dev.onrush.core.eventlog;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * The names of one kind, numbered from 0 in the order in which they came. Looking one up takes no lock and allocates nothing;
 * adding takes the lock of the registry.
 */
final class NameIndex {
    /** A name, in the place that tells it from others of the same text: its group, its error class. */
    record Entry(int number, int place, String placeText, String text, int hash) {
        boolean is(int otherPlace, String otherPlaceText, String otherText, int otherHash) {
            return hash == otherHash
                    && place == otherPlace
                    && text.equals(otherText)
                    && placeText.equals(otherPlaceText);
        }
    }

    private volatile AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(64);
    private volatile @Nullable Entry[] byNumber = new @Nullable Entry[16];
    private volatile int size;

    int size() {
        return size;
    }

    Entry get(int number) {
        @Nullable Entry[] entries = byNumber;
        Entry entry = number >= 0 && number < entries.length ? entries[number] : null;
        if (entry == null) {
            throw new IllegalArgumentException("no name has the number " + number);
        }
        return entry;
    }

    @Nullable
    Entry find(int place, String placeText, String text) {
        int hash = hash(place, placeText, text);
        AtomicReferenceArray<@Nullable Entry> table = slots;
        int mask = table.length() - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask) {
            Entry entry = table.get(i);
            if (entry == null || entry.is(place, placeText, text, hash)) {
                return entry;
            }
        }
    }

    /** Adds a name that {@link #find} did not know; one thread at a time. */
    Entry add(int place, String placeText, String text) {
        int number = size;
        Entry entry = new Entry(number, place, placeText, text, hash(place, placeText, text));
        @Nullable Entry[] entries = byNumber;
        if (number == entries.length) {
            entries = Arrays.copyOf(entries, number * 2);
        }
        entries[number] = entry;
        byNumber = entries;
        size = number + 1;
        AtomicReferenceArray<@Nullable Entry> table = slots;
        if (size * 2 > table.length()) {
            AtomicReferenceArray<@Nullable Entry> larger = new AtomicReferenceArray<>(table.length() * 2);
            for (int i = 0; i < size; i++) {
                put(larger, get(i));
            }
            slots = larger;
        } else {
            put(table, entry);
        }
        return entry;
    }

    private static void put(AtomicReferenceArray<@Nullable Entry> table, Entry entry) {
        int mask = table.length() - 1;
        int i = entry.hash() & mask;
        while (table.get(i) != null) {
            i = (i + 1) & mask;
        }
        table.set(i, entry);
    }

    private static int hash(int place, String placeText, String text) {
        int hash = (place * 31 + placeText.hashCode()) * 31 + text.hashCode();
        return hash ^ (hash >>> 16);
    }
}
