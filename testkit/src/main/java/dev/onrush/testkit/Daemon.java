package dev.onrush.testkit;

/** Threads of the testkit's servers: none of them keeps a test from ending. */
final class Daemon {
    private Daemon() {}

    /** Not started yet. */
    static Thread thread(Runnable task, String name) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }
}
