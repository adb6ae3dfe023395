package dev.onrush.http.internal.wire;

import java.io.EOFException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http2.H2ConnectionException;
import org.apache.hc.core5.http2.hpack.HeaderListConstraintException;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;

/** Every exception of the network, of TLS and of the parser, turned into the class and the words by which it is counted. */
final class ErrorClassifier {
    private ErrorClassifier() {}

    /**
     * What kept a connection from coming up.
     *
     * @param peer what was connected to: the target, or the proxy before it
     */
    static Failure setUp(Throwable cause, Phase reached, Origin origin, String peerHost, String peer) {
        if (cause instanceof TargetDeniedException) {
            return new Failure(ErrorClass.BRAKE_TARGET_DENIED, text(cause));
        }
        if (cause instanceof NoKeysException) {
            return new Failure(ErrorClass.USER_EXCEPTION, text(cause));
        }
        if (cause instanceof ProxyRefusedException refused) {
            return new Failure(refused.errorClass(), text(cause));
        }
        Failure own = ownLimit(cause);
        if (own != null) {
            return own;
        }
        return switch (reached) {
            case RESOLVING -> resolving(cause, peerHost);
            case PROXY_HANDSHAKE -> handshake(cause, peer, "http()");
            case HANDSHAKE -> handshake(cause, origin.toString(), "http://");
            case TUNNEL ->
                new Failure(
                        ErrorClass.PROXY_REFUSED,
                        peer + (isLostConnection(cause) ? " closed the connection" : " broke off: " + text(cause))
                                + " before it led to " + origin);
            default -> connecting(cause, peer);
        };
    }

    private static Failure resolving(Throwable cause, String host) {
        if (cause instanceof UnknownHostException) {
            String text = text(cause).toLowerCase(Locale.ROOT);
            return text.contains("temporary failure")
                    ? new Failure(ErrorClass.DNS_ERROR, "the look-up of " + host + " failed for now")
                    : new Failure(ErrorClass.DNS_NOT_FOUND, "no such host: " + host);
        }
        return new Failure(ErrorClass.DNS_ERROR, "the look-up of " + host + " failed: " + text(cause));
    }

    private static Failure connecting(Throwable cause, String peer) {
        String text = text(cause).toLowerCase(Locale.ROOT);
        if (text.contains("refused")) {
            return new Failure(ErrorClass.CONNECT_REFUSED, peer + " refused the connection");
        }
        if (text.contains("timed out")) {
            return new Failure(ErrorClass.CONNECT_TIMEOUT, "no connection to " + peer + ": the system gave up");
        }
        if (cause instanceof NoRouteToHostException || text.contains("unreachable") || text.contains("no route")) {
            return new Failure(ErrorClass.CONNECT_UNREACHABLE, peer + " cannot be reached: " + text(cause));
        }
        return new Failure(ErrorClass.CONNECT_RESET, peer + " broke off while the connection was made: " + text(cause));
    }

    /** @param inClear what is written for the same peer without TLS */
    private static Failure handshake(Throwable cause, String peer, String inClear) {
        Failure certificate = certificate(cause, peer);
        if (certificate != null) {
            return certificate;
        }
        String text = text(cause);
        if (text.contains("Unsupported or unrecognized SSL message") || text.contains("plaintext connection")) {
            return new Failure(ErrorClass.TLS_ALERT, "what " + peer + " answers is not TLS. Is " + inClear + " meant?");
        }
        if (isLostConnection(cause) || text.contains("closed") || text.contains("terminated")) {
            return new Failure(ErrorClass.TLS_CLOSED, peer + " closed the connection in the TLS handshake");
        }
        return new Failure(ErrorClass.TLS_ALERT, "no TLS handshake with " + peer + ": " + text);
    }

    private static @Nullable Failure certificate(Throwable cause, String peer) {
        boolean isUntrusted = false;
        String why = "";
        int depth = 0;
        for (Throwable each = cause; each != null && depth < 20; each = each.getCause(), depth++) {
            if (each instanceof CertificateExpiredException) {
                return new Failure(ErrorClass.TLS_EXPIRED, "the certificate of " + peer + " has expired");
            }
            if (each instanceof CertificateNotYetValidException) {
                return new Failure(ErrorClass.TLS_EXPIRED, "the certificate of " + peer + " is not yet valid");
            }
            if (each instanceof SSLPeerUnverifiedException) {
                return new Failure(ErrorClass.TLS_HOSTNAME, "the certificate of " + peer + " is for another host");
            }
            if (each instanceof CertificateException || each instanceof CertPathValidatorException) {
                isUntrusted = true;
                why = text(each);
            }
        }
        if (why.contains("unable to find valid certification path")) {
            why = "nobody whom this JVM trusts has signed it (javax.net.ssl.trustStore)";
        }
        return isUntrusted
                ? new Failure(ErrorClass.TLS_UNTRUSTED, "the certificate of " + peer + " is not trusted: " + why)
                : null;
    }

    /** What broke an exchange on a connection that was up. */
    static Failure exchange(Throwable cause, Phase reached, boolean isChunked, Origin origin) {
        Failure said = ownLimit(cause);
        if (said == null) {
            said = malformed(cause, isChunked);
        }
        return said == null ? broken(cause, reached == Phase.SENDING, isChunked, origin) : said;
    }

    /** Null if nothing is wrong with what came. */
    private static @Nullable Failure malformed(Throwable cause, boolean isChunked) {
        if (cause instanceof MessageConstraintException) {
            return new Failure(ErrorClass.PROTO_TOO_LARGE, "the head of the response is too large: " + text(cause));
        }
        if (cause instanceof BadStatusLineException || cause instanceof UnsupportedHttpVersionException) {
            return new Failure(ErrorClass.PROTO_STATUS_LINE, "not a status line of HTTP/1");
        }
        if (cause instanceof BadHeaderException) {
            return new Failure(ErrorClass.PROTO_HEADER, "a header of the response cannot be read");
        }
        if (cause instanceof MalformedChunkCodingException
                || isChunked && (cause instanceof RuntimeException || cause.getCause() instanceof HttpException)) {
            return new Failure(ErrorClass.PROTO_CHUNK, "the chunks of the response are wrong: " + text(cause));
        }
        if (cause instanceof HttpException) {
            String text = text(cause).toLowerCase(Locale.ROOT);
            return text.contains("content") && text.contains("length")
                    ? new Failure(ErrorClass.PROTO_LENGTH, "the length of the response cannot be told: " + text(cause))
                    : new Failure(ErrorClass.PROTO_HEADER, text(cause));
        }
        return null;
    }

    /** The connection itself ended, or went wrong. */
    private static Failure broken(Throwable cause, boolean isSending, boolean isChunked, Origin origin) {
        if (isReset(cause)) {
            return isSending
                    ? new Failure(ErrorClass.WRITE_RESET, origin + " reset the connection while the request was sent")
                    : new Failure(ErrorClass.READ_RESET, origin + " reset the connection");
        }
        if (isLostConnection(cause)) {
            if (isSending) {
                return new Failure(
                        ErrorClass.WRITE_RESET, origin + " closed the connection while the request was sent");
            }
            return isChunked
                    ? new Failure(ErrorClass.PROTO_CHUNK, origin + " closed the connection before the last chunk")
                    : new Failure(
                            ErrorClass.READ_EOF_EARLY, origin + " closed the connection before the response ended");
        }
        if (cause instanceof SSLException) {
            return text(cause).contains("closed")
                    ? new Failure(ErrorClass.TLS_CLOSED, origin + " ended TLS before the response ended")
                    : new Failure(ErrorClass.TLS_ALERT, "TLS with " + origin + " failed: " + text(cause));
        }
        return isSending
                ? new Failure(ErrorClass.WRITE_RESET, "sending to " + origin + " failed: " + describe(cause))
                : new Failure(ErrorClass.READ_RESET, "reading from " + origin + " failed: " + describe(cause));
    }

    /** What broke an exchange on a stream of HTTP/2. */
    static Failure http2(Exception cause, Phase reached, Origin origin) {
        if (cause instanceof HeaderListConstraintException) {
            return new Failure(ErrorClass.PROTO_TOO_LARGE, "the head of the response is too large: " + text(cause));
        }
        if (cause instanceof H2ConnectionException
                || cause instanceof HttpException && !(cause instanceof MessageConstraintException)) {
            return new Failure(ErrorClass.H2_PROTOCOL, "what " + origin + " sends is not HTTP/2: " + text(cause));
        }
        return exchange(cause, reached, false, origin);
    }

    /** TLS ended before the response did, and not as TLS ends. */
    static Failure tlsCut(String peer) {
        return new Failure(ErrorClass.TLS_CLOSED, peer + " cut TLS off (no close_notify) before the response ended");
    }

    /** Whether the peer's bytes came to an end, without a reset. */
    static boolean isEnd(Throwable cause) {
        return isLostConnection(cause) && !isReset(cause);
    }

    private static @Nullable Failure ownLimit(Throwable cause) {
        if (cause instanceof OutOfMemoryError || cause.getCause() instanceof OutOfMemoryError) {
            return new Failure(ErrorClass.LOCAL_MEMORY, "the generator is out of memory");
        }
        String text = text(cause);
        if (cause instanceof NoDescriptorException || text.contains("Too many open files")) {
            return new Failure(
                    ErrorClass.LOCAL_FDS, "the generator has no file descriptors left; raise its limit (ulimit -n)");
        }
        if (text.contains("Cannot assign requested address") || text.contains("Address already in use")) {
            return new Failure(
                    ErrorClass.LOCAL_PORTS, "the generator has no local ports left; keep connections or add addresses");
        }
        return null;
    }

    /** Whether the connection went away, in whatever manner. */
    static boolean isLostConnection(Throwable cause) {
        return isReset(cause)
                || cause instanceof ConnectionClosedException
                || cause instanceof ClosedChannelException
                || cause instanceof EOFException
                || cause instanceof SSLHandshakeException && text(cause).contains("terminated")
                || cause instanceof SSLException && text(cause).contains("closing inbound before receiving");
    }

    private static boolean isReset(Throwable cause) {
        if (!(cause instanceof SocketException || cause.getClass() == java.io.IOException.class)) {
            return false;
        }
        String text = text(cause);
        return text.contains("reset") || text.contains("Broken pipe") || text.contains("aborted");
    }

    private static String describe(Throwable cause) {
        return cause.getClass().getSimpleName() + ": " + text(cause);
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
