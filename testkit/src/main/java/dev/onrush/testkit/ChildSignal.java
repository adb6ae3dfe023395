package dev.onrush.testkit;

/** What a {@link ChildRun} can send to its process. Needs the {@code kill} program, so not on Windows. */
public enum ChildSignal {
    /** As Ctrl-C does. */
    INT,
    /** As a container's end does. */
    TERM,
    /** Freezes the process. */
    STOP,
    /** Lets a frozen process go on. */
    CONT,
    /** Ends the process with nothing it could do about it. */
    KILL
}
