package dev.onrush.http.internal.wire;

/**
 * What an author says of the network side of a protocol, the same for all its connections.
 *
 * @param idleTimeoutNanos a connection idle for longer is not used again
 * @param trustsAllCertificates whether nobody's certificate is verified
 * @param closesWithReset whether no port of a closed connection stays taken (TIME_WAIT); its peer sees a reset
 * @param names how names become addresses
 * @param localAddresses where connections begin
 * @param http2 which targets may be spoken to in HTTP/2
 */
public record WireOptions(
        long idleTimeoutNanos,
        boolean trustsAllCertificates,
        boolean closesWithReset,
        NameOptions names,
        LocalAddresses localAddresses,
        Http2Options http2) {
    /** With the system's names and addresses. */
    public static WireOptions of(long idleTimeoutNanos, boolean trustsAllCertificates, boolean closesWithReset) {
        return new WireOptions(
                idleTimeoutNanos,
                trustsAllCertificates,
                closesWithReset,
                NameOptions.DEFAULT,
                LocalAddresses.ANY,
                Http2Options.OFF);
    }
}
