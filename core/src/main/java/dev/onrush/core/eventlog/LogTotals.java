package dev.onrush.core.eventlog;

/**
 * What a log was given, counted beside the records: what is lost shows as a difference.
 *
 * @param records offered to the recorders
 * @param recordsLost of these, what found no room
 * @param usersStarted user starts offered
 * @param usersEnded user ends offered
 * @param requestsOk requests offered that ended OK, with warm-up, without lost first tries
 * @param requestsKo as before, KO
 * @param requestsUnfinished as before, in flight when the run stopped
 * @param requestsNotSent as before, not sent
 * @param attempts lost first tries
 * @param bytes size of the file
 * @param writeFailedAtNanos when the file could not be written any more, nanoseconds since the run began, or −1
 */
public record LogTotals(
        long records,
        long recordsLost,
        long usersStarted,
        long usersEnded,
        long requestsOk,
        long requestsKo,
        long requestsUnfinished,
        long requestsNotSent,
        long attempts,
        long bytes,
        long writeFailedAtNanos) {
    public long requests() {
        return requestsOk + requestsKo + requestsUnfinished + requestsNotSent;
    }
}
