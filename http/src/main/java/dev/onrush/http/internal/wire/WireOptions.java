package dev.onrush.http.internal.wire;

/**
 * What an author says of the network side of a protocol, the same for all its connections.
 *
 * @param idleTimeoutNanos a connection idle for longer is not used again
 * @param trustsAllCertificates whether nobody's certificate is verified
 * @param closesWithReset whether no port of a closed connection stays taken (TIME_WAIT); its peer sees a reset
 * @param names how names become addresses
 * @param localAddresses where connections begin
 */
public record WireOptions(
        long idleTimeoutNanos,
        boolean trustsAllCertificates,
        boolean closesWithReset,
        NameOptions names,
        LocalAddresses localAddresses) {
    /** With the system's names and addresses. */
    public static WireOptions of(long idleTimeoutNanos, boolean trustsAllCertificates, boolean closesWithReset) {
        return new WireOptions(
                idleTimeoutNanos, trustsAllCertificates, closesWithReset, NameOptions.DEFAULT, LocalAddresses.ANY);
    }
}
