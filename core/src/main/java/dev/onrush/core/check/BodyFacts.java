package dev.onrush.core.check;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Facts of one body, gathered piece by piece, of any length. Used by one thread at a time. */
public final class BodyFacts {
    private long length;
    private final @Nullable MessageDigest md5;
    private final @Nullable MessageDigest sha1;

    /** @param wanted digests that are not among these cost nothing, and cannot be asked for */
    public BodyFacts(Set<BodyFact> wanted) {
        this.md5 = wanted.contains(BodyFact.MD5) ? digest("MD5") : null;
        this.sha1 = wanted.contains(BodyFact.SHA1) ? digest("SHA-1") : null;
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** The next piece of the body; all of it is taken. */
    public void add(ByteBuffer piece) {
        length += piece.remaining();
        if (md5 != null) {
            md5.update(piece.duplicate());
        }
        if (sha1 != null) {
            sha1.update(piece.duplicate());
        }
        piece.position(piece.limit());
    }

    /**
     * The fact about all pieces so far.
     *
     * @throws UnreadableBodyException the length of a body of 2 GiB or more
     */
    public Object of(BodyFact fact) {
        return switch (fact) {
            case LENGTH -> length();
            case MD5 -> hex(md5);
            case SHA1 -> hex(sha1);
        };
    }

    private Integer length() {
        if (length > Integer.MAX_VALUE) {
            throw new UnreadableBodyException("the body has " + length + " bytes, more than an Integer can tell");
        }
        return (int) length;
    }

    private static String hex(@Nullable MessageDigest digest) {
        if (digest == null) {
            throw new IllegalStateException("a digest that nobody wanted");
        }
        try {
            MessageDigest soFar = (MessageDigest) digest.clone(); // two checks may ask
            return HexFormat.of().formatHex(soFar.digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the digests of the JDK can be cloned", e);
        }
    }
}
