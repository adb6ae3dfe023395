package dev.onrush.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** G20: exceptions that mean harm. */
@Timeout(10)
class FailureTextTest {
    @Test
    void namesClassAndMessage() {
        assertThat(FailureText.of(new java.io.IOException("gone"))).isEqualTo("java.io.IOException: gone");
        assertThat(FailureText.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    @Test
    void cutsAMessageOfAMegabyteToOneLineOf200Characters() {
        String text = FailureText.of(new RuntimeException("x\n".repeat(500_000)));

        assertThat(text)
                .hasSize(200)
                .startsWith("RuntimeException: x x x ")
                .endsWith("…")
                .doesNotContain("\n");
    }

    @Test
    void survivesAGetMessageThatThrows() {
        RuntimeException hostile = new RuntimeException() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalArgumentException();
            }
        };

        assertThat(FailureText.of(hostile)).endsWith("(its getMessage threw java.lang.IllegalArgumentException)");
        assertThat(FailureText.stack(hostile)).contains("FailureTextTest");
    }

    @Test
    void walksACycleOfCausesTwentyDeepAndNoFurther() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        assertThat(FailureText.stack(first).split("caused by")).hasSize(20);
    }

    @Test
    void doesNotWalkSuppressedExceptions() {
        Exception first = new Exception("first");
        for (int i = 0; i < 10_000; i++) {
            first.addSuppressed(new Exception("other " + i));
        }

        assertThat(FailureText.stack(first)).doesNotContain("other").hasSizeLessThan(10_000);
    }
}
