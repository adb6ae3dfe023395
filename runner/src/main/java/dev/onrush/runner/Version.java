package dev.onrush.runner;

/** The version of Onrush that runs. */
public final class Version {
    private Version() {}

    /** From the jar's manifest; {@code development} when run from class files. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
