package dev.onrush.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.examples.target.ServiceTime;
import dev.onrush.examples.target.Target;

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

    @Test
    void theTargetFindsTheLabelOfEachMessage() throws Exception {
        var client = HttpClient.newHttpClient();
        try (var server = Target.defaults().serviceTime(ServiceTime.none()).start()) {
            for (var record : Messages.generate(300, 42)) {
                String body = JsonMapper.shared().writeValueAsString(Map.of("message", record.get("message")));
                var request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/spam_detection_path"))
                        .header("Authorization", "Bearer " + Target.DEFAULT_TOKEN)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();

                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());

                assertThat(answer.body()).startsWith("{\"label\":\"" + record.get("label") + "\"");
            }
        }
    }
}
