package dev.onrush.core.check;

/** What can be told of a body while it comes, so that nothing of it need be kept. */
public enum BodyFact {
    /** In bytes, as an {@link Integer}. */
    LENGTH,
    /** In lower-case hexadecimal digits. */
    MD5,
    /** In lower-case hexadecimal digits. */
    SHA1
}
