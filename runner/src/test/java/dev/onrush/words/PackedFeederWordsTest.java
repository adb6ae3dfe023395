package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.DefinitionException;
import dev.onrush.dsl.FeederBuilder;
import dev.onrush.testkit.TruthResponse;

/** Records from a URL and from packed files, and records read at once. */
@Timeout(30)
class PackedFeederWordsTest {
    @TempDir
    Path folder;

    private Path packed(String rows) throws IOException {
        return Files.write(folder.resolve("rows.gz"), Codings.gzip(rows.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aPackedFileIsUnpackedAsItIsRead() throws IOException {
        try (Target target = Target.start()) {
            FeederBuilder.FileBased<String> rows =
                    csv(packed("sku\na1\nb2\n").toString()).unzip().queue();
            Trial trial = Trial.of(target, repeat(2).on(feed(rows), http("x").get("/#{sku}")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/a1", "/b2");
        }
    }

    @Test
    void whatIsNotPackedIsADefinitionMistake() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target, feed(csv("words/items.csv").unzip()), http("x").get("/"));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems())
                    .singleElement()
                    .asString()
                    .contains("PackedFeederWordsTest.java:")
                    .contains("words/items.csv: is packed neither by gzip nor by zip. Remove unzip().");
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void aUrlIsReadOnceWhenTheFeederIsMade() {
        try (Target target = Target.answering(request -> request.path().equals("/items.json")
                ? TruthResponse.json("[{\"sku\":\"a1\",\"n\":1},7,{\"sku\":\"b2\",\"o\":{\"k\":\"v\"}}]")
                : TruthResponse.ok("ok"))) {
            FeederBuilder<Object> items = jsonUrl(target.url("/items.json")).circular();
            assertThat(target.came).hasSize(1);

            Trial trial = Trial.of(
                    target,
                    repeat(3).on(feed(items), http("x").get("/#{sku}")),
                    feed(items),
                    http("y").get("/#{o.k}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/items.json", "/a1", "/b2", "/a1", "/v");
            assertThat(items.readRecords())
                    .isEqualTo(List.of(Map.of("sku", "a1", "n", 1), Map.of("sku", "b2", "o", Map.of("k", "v"))));
            assertThat(target.came).hasSize(5);
        }
    }

    @Test
    void answersOfNoUseAreToldTogetherAndNothingIsSent() {
        String gone;
        try (Target closed = Target.start()) {
            gone = closed.url("/gone.json");
        }
        try (Target target = Target.answering(
                request -> request.path().equals("/404") ? TruthResponse.status(404) : TruthResponse.ok("{\"a\":1}"))) {
            Trial trial = Trial.of(
                    target,
                    feed(jsonUrl(target.url("/404"))),
                    feed(jsonUrl(target.url("/object"))),
                    feed(jsonUrl(gone)),
                    http("x").get("/x"));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems())
                    .anySatisfy(problem ->
                            assertThat(problem).contains("/404: the answer was 404, expected 200. Correct the URL."))
                    .anySatisfy(problem -> assertThat(problem).contains("/object: an array of objects is expected."))
                    .anySatisfy(
                            problem -> assertThat(problem).contains("/gone.json: cannot be read (ConnectException: "))
                    .hasSize(3);
            assertThat(target.targets()).containsExactlyInAnyOrder("/404", "/object");
        }
    }

    @Test
    void urlsOfAnotherKindAreRefusedAtTheCall() {
        for (String url : List.of("items.json", "ftp://shop.test/a", "http:///a", "file:/etc/passwd")) {
            assertThatThrownBy(() -> jsonUrl(url))
                    .isInstanceOf(DefinitionException.class)
                    .hasMessage("jsonUrl: \"" + url
                            + "\" must begin with http:// or https:// and a host. For a file use jsonFile.");
        }
        assertThatThrownBy(() -> jsonUrl("http://a b"))
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("jsonUrl: \"http://a b\" is no URL (");
        assertThatThrownBy(() -> jsonUrl(null)).hasMessage("jsonUrl must not be null.");
    }

    @Test
    void recordsCanBeReadAtOnce() throws IOException {
        FeederBuilder.FileBased<String> rows = csv("words/items.csv");

        assertThat(rows.recordsCount()).isEqualTo(3);
        assertThat(rows.readRecords()).extracting(each -> each.get("sku")).containsExactly("a1", "b2", "c3");
        assertThat(rows.transform((key, value) -> value.length()).readRecords())
                .extracting(each -> each.get("sku"))
                .containsExactly(2, 2, 2);
        assertThat(csv(packed("sku\na1\n").toString()).unzip().recordsCount()).isEqualTo(1);
        assertThat(listFeeder(List.of(Map.of("a", 1))).recordsCount()).isEqualTo(1);
        assertThatThrownBy(() -> csv("words/none.csv").recordsCount())
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("words/none.csv: no such file");
    }
}
