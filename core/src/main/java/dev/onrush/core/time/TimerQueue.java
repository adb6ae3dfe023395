package dev.onrush.core.time;

import org.jspecify.annotations.Nullable;

/** Timers that are due, first in first out. Not thread-safe. */
public final class TimerQueue {
    private @Nullable Timer head;
    private @Nullable Timer tail;

    public void add(Timer timer) {
        timer.link = null;
        Timer last = tail;
        if (last == null) {
            head = timer;
        } else {
            last.link = timer;
        }
        tail = timer;
    }

    /** Takes the first; null if there is none. */
    public @Nullable Timer poll() {
        Timer first = head;
        if (first != null) {
            head = first.link;
            if (head == null) {
                tail = null;
            }
            first.link = null;
        }
        return first;
    }

    public boolean isEmpty() {
        return head == null;
    }
}
