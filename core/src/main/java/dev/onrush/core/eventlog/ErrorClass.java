package dev.onrush.core.eventlog;

/** The stable names of what goes wrong, the same in log, report and metrics. */
public final class ErrorClass {
    public static final String DNS_NOT_FOUND = "dns.not_found";
    public static final String DNS_TIMEOUT = "dns.timeout";
    public static final String DNS_ERROR = "dns.error";
    public static final String CONNECT_REFUSED = "connect.refused";
    public static final String CONNECT_TIMEOUT = "connect.timeout";
    public static final String CONNECT_RESET = "connect.reset";
    public static final String CONNECT_UNREACHABLE = "connect.unreachable";
    public static final String LOCAL_PORTS = "local.ports";
    public static final String LOCAL_FDS = "local.fds";
    public static final String LOCAL_MEMORY = "local.memory";
    public static final String LOCAL_POOL_TIMEOUT = "local.pool_timeout";
    public static final String TLS_UNTRUSTED = "tls.untrusted";
    public static final String TLS_EXPIRED = "tls.expired";
    public static final String TLS_HOSTNAME = "tls.hostname";
    public static final String TLS_HANDSHAKE_TIMEOUT = "tls.handshake_timeout";
    public static final String TLS_ALERT = "tls.alert";
    public static final String TLS_CLOSED = "tls.closed";
    public static final String PROXY_REFUSED = "proxy.refused";
    public static final String PROXY_AUTH = "proxy.auth";
    public static final String PROXY_TIMEOUT = "proxy.timeout";
    public static final String PROXY_PROTOCOL = "proxy.protocol";
    public static final String WRITE_TIMEOUT = "write.timeout";
    public static final String WRITE_RESET = "write.reset";
    public static final String READ_RESET = "read.reset";
    public static final String READ_EOF_EARLY = "read.eof_early";
    public static final String TIMEOUT_TOTAL = "timeout.total";
    public static final String KEEPALIVE_STALE = "keepalive.stale";
    public static final String PROTO_STATUS_LINE = "proto.status_line";
    public static final String PROTO_HEADER = "proto.header";
    public static final String PROTO_TOO_LARGE = "proto.too_large";
    public static final String PROTO_CHUNK = "proto.chunk";
    public static final String PROTO_LENGTH = "proto.length";
    public static final String PROTO_UNEXPECTED_BYTES = "proto.unexpected_bytes";
    public static final String H2_GOAWAY = "h2.goaway";
    public static final String H2_FLOW_STALL = "h2.flow_stall";
    public static final String H2_PROTOCOL = "h2.protocol";
    public static final String BODY_TOO_LARGE = "body.too_large";
    public static final String BODY_DECODE = "body.decode";
    public static final String BODY_BOMB = "body.bomb";
    public static final String BODY_CHARSET = "body.charset";
    public static final String REDIRECT_LOOP = "redirect.loop";
    public static final String REDIRECT_LIMIT = "redirect.limit";
    public static final String REDIRECT_SCHEME = "redirect.scheme";
    public static final String REDIRECT_INVALID = "redirect.invalid";
    public static final String REDIRECT_NOT_ALLOWED = "redirect.not_allowed";
    public static final String CHECK_FAILED = "check.failed";
    public static final String CHECK_CRASHED = "check.crashed";
    public static final String CHECK_TIMEOUT = "check.timeout";
    public static final String USER_EXCEPTION = "user.exception";
    public static final String USER_ERROR = "user.error";
    public static final String USER_BLOCKED = "user.blocked";
    /** An error of ours or of a protocol: nothing would have woken the user any more. */
    public static final String USER_LOST = "user.lost";

    public static final String USER_UNRESOLVED = "user.unresolved";
    public static final String FEEDER_EMPTY = "feeder.empty";
    public static final String FEEDER_BAD_ROW = "feeder.bad_row";
    public static final String BRAKE_TARGET_DENIED = "brake.target_denied";
    public static final String THROTTLE_QUEUE_FULL = "throttle.queue_full";
    public static final String STOP_UNFINISHED = "stop.unfinished";

    private static final String[] H2_CODES = {
        "no_error", "protocol_error", "internal_error", "flow_control_error", "settings_timeout", "stream_closed",
        "frame_size_error", "refused_stream", "cancel", "compression_error", "connect_error", "enhance_your_calm",
        "inadequate_security", "http_1_1_required"
    };

    /** That of a stream that was reset with this code of RFC 9113, as in {@code h2.rst.cancel}. */
    public static String h2Reset(int code) {
        return "h2.rst." + (code >= 0 && code < H2_CODES.length ? H2_CODES[code] : "unknown");
    }

    private ErrorClass() {}
}
