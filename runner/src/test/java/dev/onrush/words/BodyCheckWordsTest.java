package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.DefinitionException;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.dsl.JmesPathFunction;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthResponse;

/** What a check can look at: pages, XML, JSON and scripts around it, bytes and digests, headers and the URL; on a real server. */
@Timeout(30)
class BodyCheckWordsTest {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html><body><h1 class="title"> The <b>lamp</b> </h1>
            <a href="/a" id="first">A</a><a>none</a><a href="/b">B</a>
            <form id="login" action="/login">
              <input name="user" value="ann"><input type="password" name="pw">
              <input type="checkbox" name="keep" checked><input type="checkbox" name="spam">
              <select name="lang"><option>de<option value="x">en</select>
              <input type="submit" name="go" value="Go"><input name="off" value="1" disabled>
            </form></body></html>""";
    private static final String XML = """
            <?xml version="1.0"?><shop xmlns:p="urn:p"><item id="7">lamp</item><item id="8">shade &amp; co</item>
            <p:price>9.50</p:price></shop>""";
    private static final String JSON = "{\"name\":\"lamp\",\"n\":3,\"on\":true,\"none\":null,\"big\":5000000000,"
            + "\"x\":2.5,\"items\":[{\"id\":7},{\"id\":8}],\"o\":{\"k\":1}}";
    private static final byte[] BYTES = {0, 1, 2, (byte) 0xff};

    private static Target shop() {
        return Target.answering(request -> switch (request.path()) {
            case "/page" -> TruthResponse.ok(PAGE);
            case "/xml" -> TruthResponse.ok(XML.strip());
            case "/json" -> TruthResponse.json(JSON);
            case "/jsonp" -> TruthResponse.ok("/**/shop.show(" + JSON + ");\n");
            case "/bytes" -> TruthResponse.status(200).body(BYTES);
            case "/empty" -> TruthResponse.status(200);
            case "/gzip" ->
                TruthResponse.status(200)
                        .header("Content-Encoding", "gzip")
                        .body(Codings.gzip("abc".getBytes(StandardCharsets.UTF_8)));
            case "/moved" -> TruthResponse.status(302).header("Location", "/abc?q=1");
            case "/304" -> TruthResponse.status(304).header("ETag", "\"v12\"");
            default ->
                TruthResponse.ok("abc")
                        .header("ETag", "\"v12\"")
                        .header("Set-Thing", "a=1; b=22")
                        .header("Set-Thing", "c=333");
        });
    }

    private static int size(InputStream stream) {
        try {
            return stream.readAllBytes().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> thatHold() {
        return Stream.of(
                Arguments.of(
                        "/page",
                        List.of(
                                css("h1").is("The lamp"),
                                css(".title b"),
                                css(s -> "#first").is("A"),
                                css("#{tag}").findAll().is(List.of("A", "none", "B")),
                                css("a", "href").findAll().is(List.of("/a", "/b")),
                                css(s -> "a", "href").find(1).is("/b"),
                                css("a").ofString().count().is(3),
                                css("a").ofNode()
                                        .transform(node -> node.tagName())
                                        .is("a"),
                                css("a", "href")
                                        .ofNode()
                                        .findAll()
                                        .transform(nodes -> nodes.get(2).attr("href"))
                                        .is("/b"),
                                css("h2").notExists(),
                                css("a", "rel").notExists(),
                                form("#login").is(Map.of("user", "ann", "pw", "", "keep", "on", "lang", "de")),
                                form(s -> "form").find(0).exists(),
                                form("h1").notExists())),
                Arguments.of(
                        "/xml",
                        List.of(
                                xpath("//item").is("lamp"),
                                xpath("/shop/item").findAll().is(List.of("lamp", "shade & co")),
                                xpath("//item/@id").find(1).is("8"),
                                xpath(s -> "//item[@id='8']").is("shade & co"),
                                xpath("//#{xml}").count().is(2),
                                xpath("count(//item)").is("2"),
                                xpath("string(//item[1])").is("lamp"),
                                xpath("//p:price", Map.of("p", "urn:p")).is("9.50"),
                                xpath(s -> "//any:price", Map.of("any", "urn:p"))
                                        .exists(),
                                xpath("//gone").notExists())),
                Arguments.of(
                        "/json",
                        List.of(
                                jmesPath("name").is("lamp"),
                                jmesPath(s -> "items[1].id").ofInt().is(8),
                                jmesPath("items[?id > `7`].id | [0]").is("8"),
                                jmesPath("#{field}").ofString().is("lamp"),
                                jmesPath("on").ofBoolean().is(true),
                                jmesPath("big").ofLong().is(5_000_000_000L),
                                jmesPath("x").ofDouble().is(2.5),
                                jmesPath("items[*].id").ofList().is(List.of(7, 8)),
                                jmesPath("o").ofMap().is(Map.of("k", 1)),
                                jmesPath("n").ofObject().is(3),
                                jmesPath("length(items)").find().is("2"),
                                jmesPath("o").is("{\"k\":1}"),
                                jmesPath("name").ofInt().notExists(),
                                jmesPath("none").notExists(),
                                jmesPath("gone").notExists())),
                Arguments.of(
                        "/jsonp",
                        List.of(
                                jsonpJsonPath("$.name").is("lamp"),
                                jsonpJsonPath(s -> "$.items[*].id")
                                        .ofInt()
                                        .findAll()
                                        .is(List.of(7, 8)),
                                jsonpJmesPath("items[1].id").ofInt().is(8),
                                jsonpJmesPath(s -> "name").is("lamp"))),
                Arguments.of(
                        "/bytes",
                        List.of(
                                bodyBytes().is(BYTES),
                                bodyBytes().is(s -> BYTES),
                                bodyLength().is(4),
                                bodyStream().transform(BodyCheckWordsTest::size).is(4),
                                bodyStream().transform(BodyCheckWordsTest::size).gt(3))),
                Arguments.of(
                        "/",
                        List.of(
                                md5().is("900150983cd24fb0d6963f7d28e17f72"),
                                md5().isEL("#{md5}"),
                                sha1().is("a9993e364706816aba3e25717850c26c9cd0d89d"),
                                bodyLength().lt(4),
                                bodyString().is("abc"))),
                Arguments.of(
                        "/gzip",
                        List.of(
                                md5().is("900150983cd24fb0d6963f7d28e17f72"),
                                sha1().is("a9993e364706816aba3e25717850c26c9cd0d89d"),
                                bodyLength().is(3))),
                Arguments.of(
                        "/empty",
                        List.of(
                                md5().is("d41d8cd98f00b204e9800998ecf8427e"),
                                bodyLength().is(0))),
                Arguments.of(
                        "/headers",
                        List.of(
                                headerRegex("ETag", "v(\\d+)").is("12"),
                                headerRegex("etag", s -> "v\\d+").is("v12"),
                                headerRegex(new StringBuilder("ETag"), "v(\\d)").is("1"),
                                headerRegex(new StringBuilder("ETag"), s -> "v(\\d)")
                                        .is("1"),
                                headerRegex(s -> "ETag", "v.").exists(),
                                headerRegex(s -> "ETag", s -> "w").notExists(),
                                headerRegex("Set-Thing", "(\\w)=").findAll().is(List.of("a", "b", "c")),
                                headerRegex("Set-Thing", "(\\w)=(\\d+)")
                                        .captureGroups(2)
                                        .find(2)
                                        .is(List.of("c", "333")),
                                headerRegex("Set-Thing", "\\d+").count().is(3),
                                headerRegex("Gone", ".*").notExists(),
                                currentLocation()
                                        .transform(url -> url.endsWith("/headers"))
                                        .is(true))),
                Arguments.of(
                        "/moved",
                        List.of(
                                currentLocation().isEL("#{base}/abc?q=1"),
                                currentLocationRegex("/(\\w+)\\?(.)=(.)")
                                        .captureGroups(3)
                                        .is(List.of("abc", "q", "1")),
                                currentLocationRegex(s -> "q=(\\d)").is("1"))));
    }

    @ParameterizedTest
    @MethodSource("thatHold")
    void sentencesThatHoldAreOk(String path, List<CheckBuilder> checks) {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("tag", "a")
                            .set("xml", "item")
                            .set("field", "name")
                            .set("md5", "900150983cd24fb0d6963f7d28e17f72")
                            .set("base", target.url())),
                    http("x").get(path).check(checks));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets().get(0)).isEqualTo(path);
        }
    }

    static Stream<Arguments> thatFail() {
        return Stream.of(
                Arguments.of("/page", css("h2"), "failed: css h2: expected a value, found nothing."),
                Arguments.of(
                        "/page",
                        css("a", "href").is("/x"),
                        "failed: css a, attribute href: expected \"/x\", found \"/a\"."),
                Arguments.of("/page", form("#gone"), "failed: form #gone: expected a value, found nothing."),
                Arguments.of("/xml", xpath("//x"), "failed: xpath //x: expected a value, found nothing."),
                Arguments.of(
                        "/page", xpath("//a"), "crashed: xpath //a: the body is not readable as XML: line 1, column "),
                Arguments.of("/empty", xpath("//a"), "crashed: xpath //a: the body is empty, not XML"),
                Arguments.of("/json", jmesPath("x").is("3"), "failed: jmesPath x: expected \"3\", found \"2.5\"."),
                Arguments.of("/json", jmesPath("abs(name)"), "crashed: jmesPath abs(name): "),
                Arguments.of(
                        "/json",
                        jsonpJsonPath("$.n"),
                        "crashed: jsonpJsonPath $.n: the body is not JSONP, as in show({\"n\": 1});"),
                Arguments.of("/jsonp", jmesPath("n"), "crashed: jmesPath n: the body is not readable as JSON: "),
                Arguments.of("/bytes", bodyBytes().is(new byte[] {7}), "failed: bodyBytes: expected 1 bytes, found 4"),
                Arguments.of("/bytes", bodyLength().is(5), "failed: bodyLength: expected 5, found 4."),
                Arguments.of("/", md5().is("x"), "failed: md5: expected \"x\", found \"900150983cd24fb0d6963f7d28e1"),
                Arguments.of(
                        "/",
                        headerRegex("ETag", "w"),
                        "failed: header ETag, regex w: expected a value, found nothing."),
                Arguments.of(
                        "/moved",
                        currentLocationRegex("moved"),
                        "failed: currentLocation, regex moved: expected a value, found nothing."),
                Arguments.of(
                        "/x", currentLocation().is("y"), "failed: currentLocation: expected \"y\", found \"http://"));
    }

    @ParameterizedTest
    @MethodSource("thatFail")
    void sentencesThatDoNotHoldFailTheRequestWithTheirWords(String path, CheckBuilder check, String message) {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target, http("x").get(path).check(check), http("next").get("/next"));

            assertThat(trial.failures()).singleElement().asString().contains(": check." + message);
            assertThat(target.targets()).endsWith("/next");
        }
    }

    @Test
    void aDigestOrALengthNeedsNoBodyWhateverItsSize() {
        long size = 16 << 20;
        try (Target target =
                Target.answering(request -> TruthResponse.status(200).zeros(size))) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).maxResponseBodySize(1000),
                    http("told")
                            .get("/")
                            .check(
                                    bodyLength().is((int) size),
                                    md5().is("2c7ab85a893283e98c931e9511add182"),
                                    sha1().is("3b4417fc421cee30a9ad0fd9319220a8dae32da2")),
                    http("kept").get("/").check(bodyBytes()));

            assertThat(trial.failures()).containsExactly("kept: body.too_large: body larger than 1000 bytes");
        }
    }

    @Test
    void aDigestOfACodedBodyIsThatOfTheBodyThatWasCoded() {
        byte[] noise = new byte[100_000];
        new Random(42).nextBytes(noise);
        try (Target target = Target.answering(request -> TruthResponse.status(200)
                .header("Content-Encoding", request.path().substring(1))
                .body(
                        switch (request.path()) {
                            case "/gzip" -> Codings.gzip(noise);
                            case "/deflate" -> Codings.deflate(noise);
                            default -> noise;
                        }))) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).maxResponseBodySize(1000),
                    http("gzip")
                            .get("/gzip")
                            .check(md5().saveAs("md5"), bodyLength().is(noise.length)),
                    http("deflate")
                            .get("/deflate")
                            .check(md5().isEL("#{md5}"), bodyLength().is(noise.length)),
                    http("identity").get("/identity").check(md5().isEL("#{md5}")),
                    http("several").get("/gzip,gzip").check(md5()),
                    http("unknown").get("/rot13").check(md5()));

            assertThat(trial.failures())
                    .containsExactly(
                            "several: body.too_large: body larger than 1000 bytes",
                            "unknown: body.too_large: body larger than 1000 bytes");
        }
    }

    @Test
    void aBodyIsKeptForWhatReadsItAndToldForTheRest() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).maxResponseBodySize(3),
                    http("x")
                            .get("/")
                            .check(
                                    md5().saveAs("md5"),
                                    bodyString().saveAs("text"),
                                    bodyLength().saveAs("n")),
                    http("y").get("/#{text}/#{n}/#{md5}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets().get(1)).isEqualTo("/abc/3/900150983cd24fb0d6963f7d28e17f72");
        }
    }

    @Test
    void factsAreThoseOfTheAnswerThatIsCheckedHopForHopAndRequestForRequest() {
        try (Target target = shop()) {
            CheckBuilder abc = md5().is("900150983cd24fb0d6963f7d28e17f72");
            Trial trial = Trial.of(
                    target,
                    http("after a redirect")
                            .get("/moved")
                            .check(abc, bodyLength().is(3)),
                    http("nobody asks").get("/bytes"),
                    http("again").get("/").check(abc),
                    http("under a condition").get("/").checkIf(s -> true).then(abc, sha1().saveAs("sha1")),
                    http("coded").get("/gzip").check(abc),
                    http("once more").get("/").check(abc),
                    http("use").get("/#{sha1}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).endsWith("/a9993e364706816aba3e25717850c26c9cd0d89d");
        }
    }

    /** Above 64 KiB they are looked at on another thread. */
    @Test
    void largeBodiesAreLookedAtAlike() {
        String filler = "x".repeat(200_000);
        try (Target target = Target.answering(request -> switch (request.path()) {
            case "/page" -> TruthResponse.ok("<p>" + filler + "</p><form><input name=a value=1></form><b>end</b>");
            case "/xml" -> TruthResponse.ok("<a><p>" + filler + "</p><b>end</b></a>");
            case "/json" -> TruthResponse.json("{\"p\":\"" + filler + "\",\"b\":\"end\"}");
            default -> TruthResponse.ok("f({\"p\":\"" + filler + "\",\"b\":\"end\"})");
        })) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("b", "b")),
                    http("page")
                            .get("/page")
                            .check(css("#{b}").is("end"), form("form").saveAs("form"), css("p").saveAs("p")),
                    http("xml")
                            .get("/xml")
                            .check(xpath("//#{b}").is("end"), bodyLength().gt(200_000)),
                    http("json")
                            .get("/json")
                            .check(
                                    jmesPath("#{b}").is("end"),
                                    jmesPath("length(p)").is("200000")),
                    http("script").get("/script").check(jsonpJmesPath("#{b}").is("end"), md5().exists()),
                    exec(s -> s.set("size", s.getString("p").length())),
                    http("use").get("/#{form.a}/#{size}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).endsWith("/1/200000");
        }
    }

    @Test
    void hostileBodiesFailTheirRequestsWithAClassAndTheUserGoesOn() {
        String deep = "<a>".repeat(2000);
        String entity = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>";
        String siblings = "<i></i>".repeat(200_000);
        try (Target target = Target.answering(request -> TruthResponse.ok(
                switch (request.path()) {
                    case "/deep" -> deep;
                    case "/entity" -> entity;
                    case "/siblings" -> siblings;
                    case "/nested" -> "[".repeat(5000);
                    default -> "ok";
                }))) {
            Trial trial = Trial.of(
                    target,
                    http("deep").get("/deep").check(xpath("//a")),
                    http("entity").get("/entity").check(xpath("//a").saveAs("secret")),
                    http("siblings").get("/siblings").check(css("b ~ i")),
                    http("nested").get("/nested").check(jmesPath("a")),
                    http("next").get("/next?#{secret.isUndefined()}"));

            assertThat(trial.requests)
                    .extracting(Trial.Request::errorClass)
                    .containsExactly("check.crashed", "check.crashed", "check.timeout", "check.crashed", "");
            assertThat(target.targets()).endsWith("/next?true");
        }
    }

    @Test
    void a304HasNoBodyChecks() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("x")
                            .get("/304")
                            .check(
                                    bodyString().is("never"),
                                    md5().is("never"),
                                    headerRegex("ETag", "v(\\d+)").is("12")));

            assertThat(trial.failures()).isEmpty();
        }
    }

    @Test
    void aFormIsSavedWithItsFieldsInTheOrderOfThePage() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("page").get("/page").check(form("#login").saveAs("form")),
                    http("send").post("/login").formParamMap("#{form}"),
                    http("one").get("/#{form.user}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.bodies().get(1)).isEqualTo("user=ann&pw=&keep=on&lang=de");
            assertThat(target.targets().get(2)).isEqualTo("/ann");
        }
    }

    /** Registers behind the field that uses it, as simulations do. */
    static final class WithFunctions extends Simulation {
        static String url = "";

        private final CheckBuilder twice = jmesPath("twice(n)").ofInt().is(6);

        {
            registerJmesPathFunctions(
                    function("twice", arguments -> ((Number) arguments.get(0)).intValue() * 2),
                    function("join_all", arguments -> List.of(arguments.get(0), arguments.size())),
                    function("fails", arguments -> {
                        throw new IllegalStateException("mine");
                    }));
            setUp(scenario("shop")
                            .exec(
                                    http("ok")
                                            .get("/json")
                                            .check(
                                                    twice,
                                                    jmesPath("join_all(name, o)")
                                                            .ofList()
                                                            .is(List.of("lamp", 2)),
                                                    jsonpJmesPath("twice(n)")
                                                            .notExists()
                                                            .name("no script")),
                                    http("ko").get("/json").check(jmesPath("fails(@)")))
                            .injectOpen(atOnceUsers(1)))
                    .protocols(http.baseUrl(url));
        }
    }

    private static JmesPathFunction function(String name, java.util.function.Function<List<Object>, Object> call) {
        return new JmesPathFunction() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Object call(List<Object> arguments) {
                return call.apply(arguments);
            }
        };
    }

    @Test
    void functionsOfTheAuthorsAreThoseOfTheirSimulation() {
        try (Target target = shop()) {
            WithFunctions.url = target.url();
            Trial with = Trial.of(WithFunctions.class);
            Trial without = Trial.of(target, http("x").get("/json").check(jmesPath("twice(n)")));

            assertThat(with.failures())
                    .containsExactly(
                            "ok: check.crashed: no script: the body is not JSONP, as in show({\"n\": 1});",
                            "ko: check.crashed: jmesPath fails(@): IllegalStateException: mine");
            assertThat(without.result.exitCode()).isEqualTo(1);
            assertThat(without.result.problems()).singleElement().asString().contains("twice");
        }
    }

    /** Registers twice. */
    static final class Twice extends Simulation {
        {
            registerJmesPathFunctions(List.of(function("a", arguments -> 1)));
            registerJmesPathFunctions(function("b", arguments -> 2));
        }
    }

    /** Registers what no expression can call. */
    static final class BadName extends Simulation {
        {
            registerJmesPathFunctions(function("a-b", arguments -> 1));
        }
    }

    @Test
    void functionsAreRegisteredOnceAndUnderNamesThatCanBeCalled() {
        assertThat(Trial.of(Twice.class).result.problems())
                .singleElement()
                .asString()
                .contains("registerJmesPathFunctions was called a second time. Name all functions in one call.");
        assertThat(Trial.of(BadName.class).result.problems())
                .singleElement()
                .asString()
                .contains("registerJmesPathFunctions: \"a-b\" cannot be called. Use letters, digits and underscores.");
    }

    @Test
    void wrongArgumentsAreRefusedAtTheirCall() {
        assertRefused(() -> css("a", " "), "css: attribute must not be empty.");
        assertRefused(() -> css((String) null), "css must not be null.");
        assertRefused(() -> xpath("//a", null), "xpath: prefixToUri must not be null.");
        assertRefused(() -> headerRegex((String) null, "a"), "headerRegex: name must not be null.");
        assertRefused(() -> headerRegex("a", (String) null), "headerRegex: pattern must not be null.");
        assertRefused(() -> currentLocationRegex("a").captureGroups(1), "captureGroups takes 2 to 8, was 1.");
        assertRefused(() -> css("a").findRandom(0), "findRandom(n) must be at least 1, was 0.");
        assertRefused(() -> css("a").withDefault((String) null), "withDefault must not be null.");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        org.assertj.core.api.Assertions.assertThatThrownBy(call)
                .isInstanceOf(DefinitionException.class)
                .hasMessage(message);
    }
}
