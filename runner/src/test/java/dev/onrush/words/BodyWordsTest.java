package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.DefinitionException;
import dev.onrush.dsl.Body;
import dev.onrush.dsl.Session;
import dev.onrush.http.BodyPart;
import dev.onrush.http.HttpRequestActionBuilder;
import dev.onrush.testkit.TruthRequest;

/** Bodies, parts, forms and processors, as they arrive at a real server. */
@Timeout(20)
class BodyWordsTest {
    private static HttpRequestActionBuilder post() {
        return http("x").post("/");
    }

    private static String gunzip(TruthRequest request) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body with its boundary written as {@code B}, line ends as {@code \n}. */
    private static String parts(TruthRequest request) {
        String type = request.header("Content-Type").orElseThrow();
        String boundary = type.substring(type.indexOf("boundary=") + "boundary=".length());
        return request.text().replace(boundary, "B").replace("\r\n", "\n");
    }

    @Test
    void bodiesOfBytesAndStreams() {
        AtomicInteger closed = new AtomicInteger();
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("bytes", new byte[] {'e', 'l'}).set("text", "no bytes")),
                    post().body(ByteArrayBody(new byte[] {'a', 'b'})),
                    post().body(ByteArrayBody("#{bytes}")),
                    post().body(ByteArrayBody(s -> new byte[] {'f', (byte) ('0' + s.userId())})),
                    post().body(InputStreamBody(s -> new ByteArrayInputStream(new byte[] {'i', 'n'}) {
                        @Override
                        public void close() {
                            closed.incrementAndGet();
                        }
                    })),
                    http("no bytes").post("/").body(ByteArrayBody("#{text}")));

            assertThat(target.bodies()).containsExactly("ab", "el", "f1", "in");
            assertThat(closed).hasValue(1);
            assertThat(trial.failures())
                    .singleElement()
                    .asString()
                    .startsWith("no bytes: user.unresolved: ")
                    .contains("bytes");
        }
    }

    @Test
    void freemarkerTemplatesSeeTheAttributesOfTheSession() {
        String template = "<#list items as i>${i};</#list> ${n} ${on} ${name} #{name} <#if gone??>no</#if>";
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("items", List.of(1, 2))
                            .set("n", 1234567)
                            .set("on", true)
                            .set("name", "<Ann>")
                            .set("file", "words/order.ftl")),
                    post().body(FreemarkerStringBody(template)),
                    post().body(FreemarkerFileBody("words/order.ftl")),
                    post().body(FreemarkerFileBody("#{file}")),
                    post().body(FreemarkerFileBody(s -> s.getString("file"))),
                    http("missing").post("/").body(FreemarkerStringBody("a\n${gone}")));

            assertThat(target.bodies())
                    .containsExactly(
                            "1;2; 1234567 true <Ann> #{name} ",
                            "order of <Ann>\n",
                            "order of <Ann>\n",
                            "order of <Ann>\n");
            assertThat(trial.failures())
                    .containsExactly("missing: user.unresolved: FreemarkerStringBody, line 2: gone has no value");
        }
    }

    @Test
    void mistakesInATemplateAreToldBeforeTheRun() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    post().body(FreemarkerStringBody("<#if x>")),
                    post().body(FreemarkerFileBody("words/none.ftl")));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems())
                    .hasSize(2)
                    .anySatisfy(problem -> assertThat(problem).contains("FreemarkerStringBody, line 1: "))
                    .anySatisfy(problem -> assertThat(problem).contains("words/none.ftl: no such file"));
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void partsOfEveryKindArriveInOrderBehindTheForm() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("name", "lamp").set("bytes", new byte[] {'b'})),
                    post().formParam("f\"1", "v=1")
                            .bodyPart(StringBodyPart("s", "text of #{name}"))
                            .bodyParts(
                                    ElFileBodyPart("e", "words/item.json").contentType("application/json"),
                                    RawFileBodyPart("r", "words/item.json"),
                                    FreemarkerStringBodyPart("t", "${name}"),
                                    FreemarkerFileBodyPart("o", "words/order.ftl"),
                                    ByteArrayBodyPart("b", "#{bytes}")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.only().header("Content-Type").orElseThrow()).startsWith("multipart/form-data; boundary=");
            assertThat(parts(target.only())).isEqualTo("""
                            --B
                            Content-Disposition: form-data; name="f%221"

                            v=1
                            --B
                            Content-Disposition: form-data; name="s"

                            text of lamp
                            --B
                            Content-Disposition: form-data; name="e"
                            Content-Type: application/json

                            {"item": "lamp"}

                            --B
                            Content-Disposition: form-data; name="r"; filename="item.json"
                            Content-Type: application/json

                            {"item": "#{name}"}

                            --B
                            Content-Disposition: form-data; name="t"

                            lamp
                            --B
                            Content-Disposition: form-data; name="o"

                            order of lamp

                            --B
                            Content-Disposition: form-data; name="b"

                            b
                            --B--
                            """);
        }
    }

    @Test
    void partsSayWhatTheyAreToldToSay() {
        try (Target target = Target.start()) {
            BodyPart all = StringBodyPart("n", "ä")
                    .contentType("text/csv")
                    .charset("ISO-8859-1")
                    .dispositionType("attachment")
                    .fileName("ä.csv")
                    .contentId("id1")
                    .transferEncoding("8bit")
                    .header("X-A", "1")
                    .header("X-B", s -> "user " + s.userId());
            BodyPart byFunction = StringBodyPart(s -> "m", s -> "x")
                    .contentType(s -> "text/x")
                    .dispositionType(s -> "inline")
                    .fileName(s -> "f")
                    .contentId(s -> "id2")
                    .header(s -> "X-C", "3")
                    .header(s -> "X-D", s -> "4");
            Trial trial = Trial.of(
                    target,
                    post().bodyPart(all).bodyPart(byFunction).bodyPart(StringBodyPart("alone")),
                    post().header("Content-Type", "multipart/related; type=a")
                            .bodyPart(StringBodyPart("y").contentType("a/b")));

            assertThat(trial.failures()).isEmpty();
            assertThat(new String(target.came.get(0).body(), StandardCharsets.ISO_8859_1))
                    .contains("\r\n\r\nä\r\n--");
            assertThat(parts(target.came.get(0)).replace('\uFFFD', 'ä')).isEqualTo("""
                            --B
                            Content-Disposition: attachment; name="n"; filename="ä.csv"
                            Content-Type: text/csv; charset=ISO-8859-1
                            Content-Transfer-Encoding: 8bit
                            Content-ID: <id1>
                            X-A: 1
                            X-B: user 1

                            ä
                            --B
                            Content-Disposition: inline; name="m"; filename="f"
                            Content-Type: text/x
                            Content-ID: <id2>
                            X-C: 3
                            X-D: 4

                            x
                            --B

                            alone
                            --B--
                            """);
            assertThat(target.header("Content-Type").get(1)).startsWith("multipart/related; type=a; boundary=");
            assertThat(parts(target.came.get(1))).isEqualTo("--B\nContent-Type: a/b\n\ny\n--B--\n");
            assertThatThrownBy(() -> StringBodyPart("x").charset("utf-nine"))
                    .isInstanceOf(DefinitionException.class)
                    .hasMessage("charset: \"utf-nine\" is not known. Use one such as UTF-8.");
        }
    }

    @Test
    void everyShapeOfAPart() {
        Function<Session, String> name = s -> "n";
        Function<Session, String> path = s -> "words/item.json";
        List<BodyPart> parts = List.of(
                StringBodyPart("1"),
                StringBodyPart(s -> "2"),
                StringBodyPart("n", s -> "3"),
                StringBodyPart(name, "4"),
                ElFileBodyPart("words/item.json"),
                ElFileBodyPart(path),
                ElFileBodyPart("n", path),
                ElFileBodyPart(name, "words/item.json"),
                ElFileBodyPart(name, path),
                RawFileBodyPart("words/item.json"),
                RawFileBodyPart(path),
                RawFileBodyPart("n", path),
                RawFileBodyPart(name, "words/item.json"),
                RawFileBodyPart(name, path),
                FreemarkerFileBodyPart("words/order.ftl"),
                FreemarkerFileBodyPart(s -> "words/order.ftl"),
                FreemarkerFileBodyPart("n", s -> "words/order.ftl"),
                FreemarkerFileBodyPart(name, "words/order.ftl"),
                FreemarkerFileBodyPart(name, s -> "words/order.ftl"),
                FreemarkerStringBodyPart("15"),
                FreemarkerStringBodyPart(name, "16"),
                ByteArrayBodyPart("n", new byte[] {'1', '7'}),
                ByteArrayBodyPart("n", s -> new byte[] {'1', '8'}),
                ByteArrayBodyPart(name, new byte[] {'1', '9'}),
                ByteArrayBodyPart(name, "#{bytes}"),
                ByteArrayBodyPart(name, s -> new byte[] {'2', '1'}));
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("name", "lamp").set("bytes", new byte[] {'2', '0'})),
                    post().bodyParts(parts));

            assertThat(trial.failures()).isEmpty();
            String came = parts(target.only());
            assertThat(came.split("--B\n", -1)).hasSize(parts.size() + 1);
            assertThat(came)
                    .contains("\n1\n", "\n2\n", "\n3\n", "\n4\n", "\n15\n", "\n16\n", "\n17\n", "\n18\n", "\n19\n")
                    .contains("\n20\n", "\n21\n", "{\"item\": \"lamp\"}", "{\"item\": \"#{name}\"}", "order of lamp");
        }
    }

    @Test
    void formsAreMultipartIfAPartOrAFileIsInThemOrTheAuthorSaysSo() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("path", "words/item.json")),
                    post().formParam("a", "1").asMultipartForm(),
                    post().formUpload("file", "words/item.json"),
                    post().formUpload("file", s -> s.getString("path")),
                    post().formUpload(s -> "file", "#{path}"),
                    post().formUpload(s -> "file", s -> s.getString("path")).formParam("a", "1"));

            assertThat(trial.failures()).isEmpty();
            assertThat(parts(target.came.get(0)))
                    .isEqualTo("--B\nContent-Disposition: form-data; name=\"a\"\n\n1\n--B--\n");
            for (TruthRequest upload : target.came.subList(1, 5)) {
                assertThat(parts(upload))
                        .contains("Content-Disposition: form-data; name=\"file\"; filename=\"item.json\"\n"
                                + "Content-Type: application/json\n\n{\"item\": \"#{name}\"}");
            }
            assertThat(parts(target.came.get(4))).startsWith("--B\nContent-Disposition: form-data; name=\"a\"\n");
        }
    }

    @Test
    void aSavedFormIsSentAsItWasAndParametersOverrideIt() {
        Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("token", "t 1");
        saved.put("colour", List.of("red", "blue"));
        saved.put("user", "");
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("saved", saved)),
                    post().form("#{saved}"),
                    post().form("#{saved}").formParam("user", "ann").formParam("colour", "green"),
                    post().form(s -> s.getMap("saved")).asMultipartForm(),
                    http("none").post("/").form("#{saved.user}"));

            assertThat(target.bodies().subList(0, 2))
                    .containsExactly("token=t+1&colour=red&colour=blue&user=", "token=t+1&user=ann&colour=green");
            assertThat(target.header("Content-Type").subList(0, 2)).containsOnly("application/x-www-form-urlencoded");
            assertThat(parts(target.came.get(2)))
                    .contains("name=\"colour\"\n\nred\n--B", "name=\"colour\"\n\nblue\n--B");
            assertThat(trial.failures()).singleElement().asString().startsWith("none: user.unresolved: ");
        }
    }

    @Test
    void processorsChangeWhatIsSent() {
        Function<Body, Body> upper =
                body -> StringBody(s -> ((Body.WithString) body).apply(s).toUpperCase());
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("x", "el")),
                    post().body(StringBody("a #{x}")).processRequestBody(upper),
                    post().body(StringBody("same #{x}")).processRequestBody(Function.identity()),
                    post().body(StringBody("packed #{x}")).processRequestBody(gzipBody),
                    post().body(StringBody("fixed"))
                            .processRequestBody(upper)
                            .processRequestBody(gzipBody)
                            .header("content-encoding", "x-gzip"),
                    post().formParam("a", "1").processRequestBody(gzipBody),
                    post().body(RawFileBody("words/item.json")).processRequestBody(gzipBody.andThen(gzipBody)));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.bodies().subList(0, 2)).containsExactly("A EL", "same el");
            assertThat(gunzip(target.came.get(2))).isEqualTo("packed el");
            assertThat(gunzip(target.came.get(3))).isEqualTo("FIXED");
            assertThat(gunzip(target.came.get(4))).isEqualTo("a=1");
            assertThat(target.header("Content-Encoding"))
                    .containsExactly("-", "-", "gzip", "x-gzip", "gzip", "gzip, gzip");
        }
    }

    @Test
    void aBodyBesidePartsIsAMistake() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    post().body(StringBody("b")).bodyPart(StringBodyPart("p")),
                    post().body(StringBody("b")).asMultipartForm(),
                    post().body(StringBody("b")).processRequestBody(body -> null),
                    post().bodyPart(RawFileBodyPart("f", "words/none.bin")));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems())
                    .hasSize(4)
                    .anySatisfy(p -> assertThat(p)
                            .contains("a request has either parts or a body, this one has both. Remove one."))
                    .anySatisfy(p -> assertThat(p)
                            .contains("asMultipartForm is for form parameters and parts, this request has a body."))
                    .anySatisfy(p -> assertThat(p).contains("processRequestBody: the function gave null."))
                    .anySatisfy(p -> assertThat(p).contains("words/none.bin: no such file"));
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void aPartCannotBreakOutOfItsHead() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("evil", "a\r\nX-Evil: 1\"")),
                    post().bodyPart(StringBodyPart("#{evil}", "v").fileName("#{evil}")),
                    http("type").post("/").bodyPart(StringBodyPart("n", "v").contentType("#{evil}")),
                    http("field").post("/").bodyPart(StringBodyPart("n", "v").header("#{evil}", "v")));

            assertThat(parts(target.only()))
                    .startsWith(
                            "--B\nContent-Disposition: form-data; name=\"a%0D%0AX-Evil: 1%22\"; filename=\"a%0D%0A");
            assertThat(trial.requests)
                    .filteredOn(request -> !request.isOk())
                    .extracting(Trial.Request::path, Trial.Request::errorClass)
                    .containsExactly(tuple("type", "user.exception"), tuple("field", "user.exception"));
        }
    }
}
