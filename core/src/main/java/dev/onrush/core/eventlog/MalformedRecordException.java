package dev.onrush.core.eventlog;

/** A block passed its checksum and still holds no whole records: it was written so. */
final class MalformedRecordException extends RuntimeException {
    private static final long serialVersionUID = 1;
    static final MalformedRecordException INSTANCE = new MalformedRecordException();

    private MalformedRecordException() {
        super("malformed record", null, false, false);
    }
}
