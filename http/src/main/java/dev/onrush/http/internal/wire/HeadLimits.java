package dev.onrush.http.internal.wire;

import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.util.Timeout;

import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/**
 * How large the head of a response may be.
 *
 * @param kib of the whole head
 * @param lineKib of each of its lines
 * @param lines how many headers there may be
 */
record HeadLimits(long kib, long lineKib, long lines) {
    private static final int KIB = 1024;
    /** HttpCore's default of 8 KiB costs 28.7 KB of heap per connected user. */
    static final int BUFFER_BYTES = 2048;

    static final int MOST_EMPTY_LINES = 10;
    /** For a 100 that was asked for; then the body goes all the same. */
    private static final Timeout LONGEST_WAIT_FOR_100 = Timeout.ofSeconds(1);
    /**
     * What HttpCore keeps per connection for a frame that comes, and for one that goes. Not below 32 KiB: TLS hands over 16 KiB at a time,
     * and with less room than twice that HttpCore reads some of it twice.
     */
    private static final int FRAME_BYTES = 32 * KIB;
    /** Nobody reads them: what a target may make us keep. */
    private static final int MOST_TRAILERS = 100;

    static HeadLimits of(Settings settings) {
        return new HeadLimits(
                settings.longNumber(Setting.HEAD_MAX_KIB),
                settings.longNumber(Setting.HEAD_MAX_LINE_KIB),
                settings.longNumber(Setting.HEAD_MAX_LINES));
    }

    long bytes() {
        return kib * KIB;
    }

    /** For what HttpCore itself reads and writes on the connection. */
    H2Config http2Config() {
        return H2Config.custom()
                .setPushEnabled(false)
                .setMaxFrameSize(FRAME_BYTES)
                .setMaxHeaderListSize(number(bytes()))
                .build();
    }

    Http1Config config() {
        return Http1Config.custom()
                .setBufferSize(BUFFER_BYTES)
                .setMaxHeaderCount(Math.min(number(lines), MOST_TRAILERS))
                .setMaxLineLength(lineChars())
                .setWaitForContinueTimeout(LONGEST_WAIT_FOR_100)
                .build();
    }

    int lineChars() {
        return number(lineKib * KIB);
    }

    private static int number(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    MessageConstraintException tooLarge() {
        return new MessageConstraintException(
                "it is larger than " + kib + " KiB. To accept it raise " + Setting.HEAD_MAX_KIB.systemProperty() + ".");
    }

    MessageConstraintException lineTooLong() {
        return new MessageConstraintException("it has a line of more than " + lineKib + " KiB. To accept it raise "
                + Setting.HEAD_MAX_LINE_KIB.systemProperty() + ".");
    }

    MessageConstraintException tooManyHeaders() {
        return new MessageConstraintException("it has more than " + lines + " headers. To accept it raise "
                + Setting.HEAD_MAX_LINES.systemProperty() + ".");
    }

    MessageConstraintException tooManyEmptyLines() {
        return new MessageConstraintException(MOST_EMPTY_LINES + " empty lines came before it.");
    }
}
