package dev.onrush.core.engine;

/** What the engine itself has to tell a user: runs no author's code, and cannot fail. */
abstract class Notice implements Message {
    @Override
    public final Action next() {
        throw new IllegalStateException("a notice cannot fail");
    }

    @Override
    public final String place() {
        return "";
    }
}
