package dev.onrush.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessagesTest {

    @Test
    void writesTenParagraphsPerMessageAndRepeatsThemFromTheSeed() {
        var messages = Messages.generate(1000, 42);

        assertThat(messages).hasSize(1000).doesNotHaveDuplicates().isEqualTo(Messages.generate(1000, 42));
        assertThat(messages)
                .allSatisfy(
                        record -> assertThat(record.get("message").toString().split("\n\n"))
                                .hasSize(10));
        assertThat(messages)
                .filteredOn(record -> record.get("label").equals("spam"))
                .hasSize(333);
    }
}
