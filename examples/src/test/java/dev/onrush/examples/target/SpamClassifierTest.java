package dev.onrush.examples.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpamClassifierTest {

    @ParameterizedTest
    @CsvSource({
        "0, ham, 0.982",
        "4, ham, 0.69",
        "5, ham, 0.5",
        "6, spam, 0.69",
        "20, spam, 1.0",
    })
    void decidesByTheShareOfTemptingWords(int temptingOfHundred, String label, double probability) {
        String text = "Prize, ".repeat(temptingOfHundred) + "tree. ".repeat(100 - temptingOfHundred);

        assertThat(SpamClassifier.classify(text)).isEqualTo(new SpamClassifier.Verdict(label, probability));
    }

    @ParameterizedTest
    @CsvSource({"''", "'123 456'", "'…'"})
    void takesATextWithoutWordsForHam(String text) {
        assertThat(SpamClassifier.classify(text)).isEqualTo(new SpamClassifier.Verdict("ham", 0.982));
    }
}
