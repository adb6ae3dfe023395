package dev.onrush.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class BodyFactsTest {
    private static ByteBuffer piece(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void gathersFactsPieceByPiece() {
        BodyFacts facts = new BodyFacts(EnumSet.allOf(BodyFact.class));
        ByteBuffer last = piece("xbc").position(1);

        facts.add(piece("a"));
        facts.add(piece(""));
        facts.add(last);

        assertThat(last.hasRemaining()).isFalse();
        assertThat(facts.of(BodyFact.LENGTH)).isEqualTo(3);
        assertThat(facts.of(BodyFact.MD5)).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(facts.of(BodyFact.MD5)).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(facts.of(BodyFact.SHA1)).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
    }

    @Test
    void countsBeyondWhatAnIntegerTells() {
        BodyFacts facts = new BodyFacts(Set.of(BodyFact.LENGTH));
        ByteBuffer large = ByteBuffer.allocate(1 << 20);
        for (int i = 0; i < 2048; i++) {
            facts.add(large.clear());
        }

        assertThatThrownBy(() -> facts.of(BodyFact.LENGTH))
                .isInstanceOf(UnreadableBodyException.class)
                .hasMessage("the body has 2147483648 bytes, more than an Integer can tell");
    }

    @Test
    void givesNothingButFactsOfABodyThatWasNotKept() {
        BodyFacts facts = new BodyFacts(Set.of(BodyFact.LENGTH));
        facts.add(piece("abc"));
        ResponseBody body = ResponseBody.of(facts);

        assertThat(body.fact(BodyFact.LENGTH)).isEqualTo(3);
        assertThatThrownBy(() -> body.fact(BodyFact.MD5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(body::string)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the body was not kept, as no check was said to read it");
    }

    @Test
    void tellsFactsOfABodyThatWasKept() {
        ResponseBody body = ResponseBody.of("abc");

        assertThat(body.fact(BodyFact.LENGTH)).isEqualTo(3);
        assertThat(body.fact(BodyFact.MD5)).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(ResponseBody.EMPTY.fact(BodyFact.SHA1)).isEqualTo("da39a3ee5e6b4b0d3255bfef95601890afd80709");
    }
}
