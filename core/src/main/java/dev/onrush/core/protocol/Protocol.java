package dev.onrush.core.protocol;

/** The definition of how a population talks to its target, as the author wrote it: an immutable value. */
public interface Protocol {
    /** Tells protocols of different kind apart, such as {@code "http"}; a population has at most one of a kind. */
    String kind();

    /** Makes the client for a run; nothing is opened before {@link ProtocolClient#start}. One client serves all users of this protocol value. */
    ProtocolClient client(ProtocolEnvironment environment);

    /** Whether it makes sure whom it talks to, as by certificates; the report's head says so if it does not. */
    default boolean verifiesTarget() {
        return true;
    }
}
