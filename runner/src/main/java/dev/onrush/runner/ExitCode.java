package dev.onrush.runner;

/** How a run ended, as a process exit code. */
public enum ExitCode {
    /** The run is done and all assertions hold. */
    OK(0),
    /** Wrong usage or a definition mistake: nothing was sent. */
    NOT_RUN(1),
    /** An assertion failed. */
    ASSERTION_FAILED(2),
    /** The run crashed or was interrupted; the report is written. */
    CRASHED(3),
    /** The generator is not trustworthy, and the simulation says that this matters. */
    UNTRUSTED(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** If several apply: crash, then distrust, then a failed assertion. */
    public static ExitCode of(boolean crashed, boolean untrusted, boolean assertionFailed) {
        if (crashed) {
            return CRASHED;
        }
        if (untrusted) {
            return UNTRUSTED;
        }
        return assertionFailed ? ASSERTION_FAILED : OK;
    }
}
