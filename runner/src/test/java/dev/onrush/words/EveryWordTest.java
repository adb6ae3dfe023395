package dev.onrush.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.testkit.DnsAnswer;
import dev.onrush.testkit.DnsServer;
import dev.onrush.testkit.ForwardProxy;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;

/** One simulation uses every public word, and runs. */
@Timeout(60)
class EveryWordTest {
    private static final String JSON =
            "{\"name\":\"lamp\",\"n\":3,\"on\":true,\"none\":null,\"list\":[1],\"o\":{\"k\":1}}";

    @TempDir
    Path folder;

    @Test
    void theSimulationUsesEveryWord() {
        Vocabulary vocabulary = new Vocabulary();
        Set<String> missing = new TreeSet<>(vocabulary.words());
        assertThat(missing).hasSizeGreaterThan(400);

        Set<String> used = vocabulary.usedBy(Stream.of(EveryWord.class, EveryHttpWord.class)
                .flatMap(type -> Vocabulary.codeOf(type).stream())
                .toList());
        missing.removeAll(Vocabulary.withoutParameters(used));

        assertThat(missing)
                .as("words that EveryWord and EveryHttpWord do not use: add each to the method of its group")
                .isEmpty();
    }

    /** What scenarios and chains have as methods begins a chain as well, and that calls the method. */
    @Test
    void eachOverloadIsUsedByATest() {
        Vocabulary vocabulary = new Vocabulary();
        Set<String> used = vocabulary.usedBy(Vocabulary.codeOfTests());
        Set<String> missing = new TreeSet<>(vocabulary.overloads());
        missing.removeAll(used);
        missing.removeIf(word -> used.contains(word.replaceAll("^StructureBuilder\\.", "CoreDsl.")));

        assertThat(missing)
                .as("overloads that no test in " + getClass().getPackageName() + " uses: show what each does")
                .isEmpty();
    }

    @Test
    void itRunsWithoutAFailure() throws IOException {
        try (Target target = Target.answering(EveryWordTest::answer);
                Target secured = Target.answering(
                        setup -> setup.tls(TestCertificates.server(TestCertificates.Kind.SELF_SIGNED)),
                        request -> TruthResponse.ok("ok"));
                ForwardProxy proxy = ForwardProxy.start().credentials("u", "s3cret");
                DnsServer names = DnsServer.start(0).name("shop.test", DnsAnswer.of("127.0.0.1"));
                ProxyWordsTest.LineKeeper lines = new ProxyWordsTest.LineKeeper(target.server.port())) {
            EveryWord.around = new EveryWord.Surroundings(
                    target.url(),
                    secured.url(),
                    "http://127.0.0.1:" + lines.listener.getLocalPort(),
                    target.server.port(),
                    proxy.port(),
                    names.port(),
                    packed().toString());

            Trial trial = Trial.of(EveryWord.class);

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.result.assertions())
                    .allSatisfy(assertion -> assertThat(assertion.passed())
                            .as(assertion.toString())
                            .isTrue());
            assertThat(trial.result.exitCode()).isZero();
            assertThat(trial.paths())
                    .contains("turn 0", "element 7", "group > in a group", "read 18", "v", "after")
                    .doesNotContain("never")
                    .anyMatch(path -> path.matches("run true null 1 \\[1, 0, 1, 0\\]"));
            assertThat(secured.came).hasSize(1);
            assertThat(proxy.asked()).hasSize(2);
            assertThat(names.questions("shop.test")).isEqualTo(1);
            assertThat(lines.lines).hasSize(1);
            assertThat(trial.log).doesNotContain("s3cret");
        }
    }

    private static TruthResponse answer(TruthRequest request) {
        return switch (request.path()) {
            case "/page" -> TruthResponse.ok("<h1>Shop</h1>").header("X-Id", "one");
            case "/xml" -> TruthResponse.ok("<shop><item>lamp</item></shop>");
            case "/json" -> TruthResponse.json(JSON);
            case "/jsonp" -> TruthResponse.ok("show(" + JSON + ");");
            case "/list" -> TruthResponse.json("[{\"k\":1}]");
            default -> TruthResponse.ok("ok");
        };
    }

    private Path packed() throws IOException {
        Path file = folder.resolve("items.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("sku\na1\n".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
