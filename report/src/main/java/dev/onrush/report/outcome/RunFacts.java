package dev.onrush.report.outcome;

/**
 * Keys of the run header that the page knows how to show, besides those of {@link
 * dev.onrush.core.eventlog.RunHeader}. The runner writes them into the log, so that a report can be made again from it.
 */
public final class RunFacts {
    /** Plus the key of a setting: where its value came from, in words, such as {@code system property}. */
    public static final String SETTING_SOURCE_PREFIX = "source.";
    /** Plus the name of a scenario: its injection profile in words. */
    public static final String PROFILE_PREFIX = "profile.";
    /** Plus a number: a warning about the definition. */
    public static final String WARNING_PREFIX = "warning.";
    /** Length of the warm-up in words; left out without one. */
    public static final String WARM_UP = "warmUp";
    /** {@code closed} if every profile is closed, {@code open} if every one is open, else {@code mixed}. */
    public static final String WORKLOAD_MODEL = "model";
    /** Version and maker of Java. */
    public static final String JAVA = "java";
    /** Name, version and architecture of the operating system. */
    public static final String SYSTEM = "system";
    /** Processors that Java may use. */
    public static final String PROCESSORS = "processors";

    /** Begins the key of what connecting to a target took before the run; the target follows. */
    public static final String CONNECT_PREFIX = "connect.";

    private RunFacts() {}
}
