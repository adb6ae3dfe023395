package dev.onrush.core.measure;

/** Users of one scenario so far. Active are {@code started - ended}. */
public record LiveScenario(String name, long started, long ended, long dropped) {
    public long active() {
        return started - ended;
    }
}
