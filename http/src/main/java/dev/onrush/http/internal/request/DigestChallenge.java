package dev.onrush.http.internal.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.impl.auth.AuthChallengeParser;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.ParserCursor;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks of who has to show a password (RFC 7616), and how often it was answered. MD5 and SHA-256, with and without
 * {@code -sess}; {@code auth} and {@code auth-int}. For whoever runs the user.
 */
final class DigestChallenge {
    private static final byte[] NO_BYTES = {};
    /** The better first. */
    private static final List<String> ALGORITHMS = List.of("SHA-256-SESS", "SHA-256", "MD5-SESS", "MD5");

    private final String realm;
    private final String nonce;
    private final @Nullable String opaque;
    /** As it was written, to be given back so; null: was left out. */
    private final @Nullable String algorithm;

    private final String kind;
    /** {@code auth} or {@code auth-int}; null: the server is of the time before. */
    private final @Nullable String quality;

    private final boolean isStale;
    private final boolean hidesUser;
    private int answers;

    private DigestChallenge(AuthChallenge challenge) {
        this.realm = parameter(challenge, "realm", "");
        this.nonce = parameter(challenge, "nonce", "");
        String given = parameter(challenge, "opaque", "");
        this.opaque = given.isEmpty() ? null : given;
        String named = parameter(challenge, "algorithm", "");
        this.algorithm = named.isEmpty() ? null : named;
        this.kind = named.isEmpty() ? "MD5" : named.toUpperCase(Locale.ROOT);
        this.quality = quality(parameter(challenge, "qop", ""));
        this.isStale = parameter(challenge, "stale", "").equalsIgnoreCase("true");
        this.hidesUser = parameter(challenge, "userhash", "").equalsIgnoreCase("true");
    }

    /** The best that we can answer in a response; null if there is none. */
    static @Nullable DigestChallenge of(HttpResponse response) {
        DigestChallenge best = null;
        for (Iterator<Header> all = response.headerIterator("WWW-Authenticate"); all.hasNext(); ) {
            String text = all.next().getValue();
            if (text == null) {
                continue;
            }
            try {
                for (AuthChallenge each : AuthChallengeParser.INSTANCE.parse(
                        ChallengeType.TARGET, text, new ParserCursor(0, text.length()))) {
                    if (each.getSchemeName().equalsIgnoreCase("digest")) {
                        DigestChallenge other = new DigestChallenge(each);
                        if (other.rank() >= 0 && (best == null || other.rank() < best.rank())) {
                            best = other;
                        }
                    }
                }
            } catch (ParseException e) {
                // as if it were not there: the 401 stays
            }
        }
        return best;
    }

    private int rank() {
        return nonce.isEmpty() || "".equals(quality) ? -1 : ALGORITHMS.indexOf(kind);
    }

    private static String parameter(AuthChallenge challenge, String name, String otherwise) {
        if (challenge.getParams() != null) {
            for (NameValuePair each : challenge.getParams()) {
                if (each.getName().equalsIgnoreCase(name) && each.getValue() != null) {
                    return each.getValue();
                }
            }
        }
        return otherwise;
    }

    /** Empty: none that we know. */
    private static @Nullable String quality(String offered) {
        if (offered.isBlank()) {
            return null;
        }
        List<String> all = List.of(offered.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1));
        return all.contains("auth") ? "auth" : all.contains("auth-int") ? "auth-int" : "";
    }

    /** Whether the password was right, and only the server's number too old. */
    boolean isStale() {
        return isStale;
    }

    /** The value of the header {@code Authorization}. */
    String answer(String user, String password, String method, String target, byte @Nullable [] body) {
        answers++;
        return answer(
                user,
                password,
                method,
                target,
                body,
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
    }

    String answer(
            String user, String password, String method, String target, byte @Nullable [] body, String clientNonce) {
        String count = String.format(Locale.ROOT, "%08x", Math.max(1, answers));
        String secret = hash(user + ":" + realm + ":" + password);
        if (kind.endsWith("-SESS")) {
            secret = hash(secret + ":" + nonce + ":" + clientNonce);
        }
        String asked = method + ":" + target;
        if ("auth-int".equals(quality)) {
            asked += ":" + hash(body == null ? NO_BYTES : body);
        }
        String proof = quality == null
                ? hash(secret + ":" + nonce + ":" + hash(asked))
                : hash(secret + ":" + nonce + ":" + count + ":" + clientNonce + ":" + quality + ":" + hash(asked));
        StringBuilder text = new StringBuilder("Digest username=")
                .append(quoted(hidesUser ? hash(user + ":" + realm) : user))
                .append(", realm=")
                .append(quoted(realm))
                .append(", nonce=")
                .append(quoted(nonce))
                .append(", uri=")
                .append(quoted(target))
                .append(", response=\"")
                .append(proof)
                .append('"');
        if (algorithm != null) {
            text.append(", algorithm=").append(algorithm);
        }
        if (opaque != null) {
            text.append(", opaque=").append(quoted(opaque));
        }
        if (quality != null) {
            text.append(", qop=").append(quality).append(", nc=").append(count);
        }
        if (quality != null || kind.endsWith("-SESS")) {
            text.append(", cnonce=\"").append(clientNonce).append('"');
        }
        if (hidesUser) {
            text.append(", userhash=true");
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private String hash(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance(kind.startsWith("SHA-256") ? "SHA-256" : "MD5");
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
