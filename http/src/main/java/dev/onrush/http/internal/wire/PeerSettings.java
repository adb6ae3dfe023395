package dev.onrush.http.internal.wire;

import java.nio.ByteBuffer;

/**
 * What the peer of a connection of HTTP/2 has said in SETTINGS, as far as it is ours to keep. HttpCore takes some lawful values for
 * errors, and others at their word whatever they cost: it is told better ones in their place.
 *
 * <p>Belongs to the I/O thread.
 */
final class PeerSettings {
    private static final int ENTRY_BYTES = 6;
    private static final int HEADER_TABLE_SIZE = 1;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_HEADER_LIST_SIZE = 6;
    /** Of the headers we have sent; a peer that offers more makes us keep more, for ever. */
    private static final int MOST_TABLE_BYTES = 4096;

    private static final int DEFAULT_WINDOW = 65_535;

    /** There is no limit until the peer sets one. */
    private int mostStreams = Integer.MAX_VALUE;

    /** What a stream's window is at first, and what HttpCore takes it for. */
    private int window = DEFAULT_WINDOW;

    private int windowTold = DEFAULT_WINDOW;

    /** How many streams there may be at a time. */
    int mostStreams() {
        return mostStreams;
    }

    /** How much larger HttpCore believes each stream's window to be than it is: so much must not be sent. */
    int surplus() {
        return Math.max(0, windowTold - window);
    }

    /** Reads what HttpCore reads next, and changes it where it must not be read as it is. */
    void read(ByteBuffer payload) {
        windowTold = DEFAULT_WINDOW; // HttpCore forgets what is not said again
        for (int at = payload.position(); at + ENTRY_BYTES <= payload.limit(); at += ENTRY_BYTES) {
            int value = payload.getInt(at + 2);
            int told = told(payload.getShort(at), value);
            if (told != value) {
                payload.putInt(at + 2, told);
            }
        }
    }

    private int told(int setting, int value) {
        return switch (setting) {
            case HEADER_TABLE_SIZE -> Math.min(unsigned(value), MOST_TABLE_BYTES);
            case MAX_CONCURRENT_STREAMS -> {
                mostStreams = unsigned(value);
                yield Integer.MAX_VALUE; // we count them ourselves
            }
            case INITIAL_WINDOW_SIZE -> {
                window = value;
                windowTold = value == 0 ? 1 : value;
                yield windowTold;
            }
            case MAX_HEADER_LIST_SIZE -> Integer.MAX_VALUE; // the peer refuses what it does not want
            default -> value;
        };
    }

    private static int unsigned(int value) {
        return value < 0 ? Integer.MAX_VALUE : value;
    }
}
