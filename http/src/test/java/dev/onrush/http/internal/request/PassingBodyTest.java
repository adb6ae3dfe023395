package dev.onrush.http.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.check.BodyFact;
import dev.onrush.core.check.ResponseBody;

/** What is told of a body piece by piece is what would be told of it whole. */
class PassingBodyTest {
    private static final int LIMIT = 16 << 20;
    private static final byte[] PLAIN = plain();

    private static byte[] plain() {
        byte[] plain = new byte[2000];
        new Random(42).nextBytes(plain);
        Arrays.fill(plain, 500, 1500, (byte) 'x');
        return plain;
    }

    private static HttpResponse head(String coding) {
        HttpResponse head = new BasicHttpResponse(200);
        if (!coding.isEmpty()) {
            head.addHeader("Content-Encoding", coding);
        }
        return head;
    }

    private static byte[] gzip(byte[] plain) {
        return packed(plain, true, false);
    }

    private static byte[] packed(byte[] plain, boolean isGzip, boolean isRaw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = isGzip
                ? new GZIPOutputStream(bytes)
                : new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, isRaw))) {
            out.write(plain);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** With an extra field, a name, a comment and a checksum of the head. */
    private static byte[] gzipWithLongHead(byte[] plain) {
        byte[] usual = gzip(plain);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Arrays.copyOf(usual, 3));
        all.write(0x1e);
        all.writeBytes(Arrays.copyOfRange(usual, 4, 10));
        all.writeBytes(new byte[] {3, 0, 1, 2, 3});
        all.writeBytes("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
        CRC32 sum = new CRC32();
        sum.update(all.toByteArray());
        all.write((int) sum.getValue());
        all.write((int) sum.getValue() >> 8);
        all.writeBytes(Arrays.copyOfRange(usual, 10, usual.length));
        return all.toByteArray();
    }

    static Stream<Arguments> codings() {
        return Stream.of(
                Arguments.of("", PLAIN),
                Arguments.of("identity", PLAIN),
                Arguments.of("gzip", gzip(PLAIN)),
                Arguments.of("X-GZIP", gzip(PLAIN)),
                Arguments.of("gzip", gzipWithLongHead(PLAIN)),
                Arguments.of("deflate", packed(PLAIN, false, false)),
                Arguments.of("deflate", packed(PLAIN, false, true)),
                Arguments.of("gzip", gzip(new byte[0])),
                Arguments.of("gzip", new byte[0]));
    }

    private static ResponseBody passed(String coding, byte[] coded, int piece) throws BodyException {
        PassingBody body = new PassingBody(EnumSet.allOf(BodyFact.class), head(coding), LIMIT);
        for (int at = 0; at < coded.length; at += piece) {
            ByteBuffer next = ByteBuffer.wrap(coded, at, Math.min(piece, coded.length - at));
            body.add(next);
            assertThat(next.hasRemaining()).isFalse();
        }
        return body.facts();
    }

    @ParameterizedTest
    @MethodSource("codings")
    void tellsTheFactsOfTheDecodedBodyHoweverItIsCut(String coding, byte[] coded) throws Exception {
        ResponseBody whole = BodyDecoder.decode(coded, head(coding), LIMIT);

        for (int piece : new int[] {1, 2, 3, 7, 9, 10, 11, 17, 100, 1000, 1_000_000}) {
            ResponseBody passed = passed(coding, coded, piece);

            for (BodyFact fact : BodyFact.values()) {
                assertThat(passed.fact(fact)).isEqualTo(whole.fact(fact));
            }
        }
    }

    static Stream<Arguments> damaged() {
        byte[] good = gzip(PLAIN);
        byte[] broken = good.clone();
        Arrays.fill(broken, 100, 200, (byte) 0xff);
        return Stream.of(
                Arguments.of("gzip", PLAIN),
                Arguments.of("gzip", new byte[] {0x1f}),
                Arguments.of("gzip", Arrays.copyOf(good, good.length / 2)),
                Arguments.of("gzip", Arrays.copyOf(good, good.length - 3)),
                Arguments.of("gzip", broken),
                Arguments.of("deflate", new byte[] {0x78}),
                Arguments.of("deflate", Arrays.copyOf(packed(PLAIN, false, false), 300)),
                Arguments.of("deflate", new byte[] {0x78, (byte) 0xbb, 0, 0, 0, 1, 1, 1}),
                Arguments.of("gzip", gzip(new byte[4 << 20])),
                Arguments.of("gzip", gzip(new byte[40 << 20])),
                Arguments.of("deflate", packed(new byte[4 << 20], false, true)));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void failsAsTheWholeBodyDoes(String coding, byte[] coded) {
        String expected;
        try {
            BodyDecoder.decode(coded, head(coding), LIMIT);
            throw new AssertionError("that can be decoded");
        } catch (BodyException e) {
            expected = e.failure().errorClass();
        }
        for (int piece : new int[] {1, 13, 8192, 1_000_000}) {
            assertThatThrownBy(() -> passed(coding, coded, piece))
                    .isInstanceOfSatisfying(
                            BodyException.class,
                            e -> assertThat(e.failure().errorClass()).isEqualTo(expected));
        }
    }

    @Test
    void endsAHeadThatNeverEnds() {
        byte[] endless = new byte[200_000];
        Arrays.fill(endless, (byte) 'x');
        System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0}, 0, endless, 0, 10);

        assertThatThrownBy(() -> passed("gzip", endless, 8192))
                .isInstanceOf(BodyException.class)
                .hasMessage("gzip body has a head of more than 65536 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "identity, true",
        "gzip, true",
        "GZip, true",
        "deflate, true",
        "br, false",
        "'gzip, gzip', false"
    })
    void suitsWhatCanBeUndonePieceByPiece(String coding, boolean suits) {
        assertThat(PassingBody.suits(head(coding))).isEqualTo(suits);
    }
}
