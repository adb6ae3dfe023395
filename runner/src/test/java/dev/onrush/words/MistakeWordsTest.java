package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Executable;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.http.HttpProtocolBuilder;

/** Mistakes of the definition are told all together, each with its place and what to do, and nothing is sent. */
@Timeout(20)
class MistakeWordsTest {
    private static final PopulationBuilder NONE = null;

    private static PopulationBuilder user(
            String name, HttpProtocolBuilder protocol, Executable first, Executable... more) {
        return scenario(name).exec(first, more).injectOpen(atOnceUsers(1)).protocols(protocol);
    }

    @Test
    void eachIsToldWithItsPlaceAndNothingIsSent() {
        try (Target target = Target.start()) {
            HttpProtocolBuilder shop = http.baseUrl(target.url());
            ChainBuilder fine = exec(http("fine").get("/"));
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(
                            NONE,
                            user("relative", http, http("x").get("/x"), addCookie(Cookie("a", "b"))),
                            user(
                                    "both",
                                    shop,
                                    http("parts")
                                            .post("/")
                                            .body(StringBody("b"))
                                            .bodyPart(StringBodyPart("a", "b"))),
                            user(
                                    "resources",
                                    shop,
                                    http("page")
                                            .get("/")
                                            .resources(http("a")
                                                    .get("/a")
                                                    .resources(http("b").get("/b")))),
                            user(
                                    "files",
                                    shop,
                                    http("raw").post("/").body(RawFileBody("words/none.bin")),
                                    http("el").post("/").body(ElFileBody("words/none.txt")),
                                    http("template").post("/").body(FreemarkerFileBody("words/none.ftl")),
                                    http("upload").post("/").formUpload("file", "words/none.png"),
                                    http("part").post("/").bodyPart(ElFileBodyPart("words/none.json")),
                                    feed(jsonFile("words/none.feed"))),
                            user(
                                    "dollars",
                                    shop,
                                    http("dollars")
                                            .get("/${id}")
                                            .header("X-A", "${a}")
                                            .check(jsonPath("$.${b}")),
                                    doIf("${c}").then(fine)),
                            user(
                                    "fixed names",
                                    shop,
                                    http("x").get("/").check(bodyString().saveAs("#{a}")),
                                    addCookie(
                                            Cookie("c", "v").withDomain("#{d}").withPath("/#{p}")),
                                    getCookieValue(CookieKey("c").saveAs("#{e}")),
                                    asLongAs("false", "#{f}").on(fine),
                                    tryMax(2, "#{g}").on(fine)),
                            user(
                                    "flow",
                                    shop,
                                    exec(s -> s.set("x", 1)),
                                    doSwitch("#{x}")
                                            .on(
                                                    onCase("a").then(fine),
                                                    onCase("a").then(fine)),
                                    randomSwitch()
                                            .on(
                                                    percent(60).then(fine),
                                                    percent(60).then(fine)),
                                    rendezVous(2)))
                    .assertions(details("fine", "never").responseTime().max().lt(5)));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            List<String> told = trial.result.problems().stream()
                    .map(problem -> problem.toString()
                            .replaceAll("java:\\d+", "java:0")
                            .replace(System.getProperty("user.dir"), "HERE"))
                    .toList();
            assertThat(told)
                    .containsExactly(
                            "setUp, MistakeWordsTest.java:0: population 1 is null. A field must be assigned above the place that uses it.",
                            "scenario \"relative\" > step 1 (http), MistakeWordsTest.java:0: relative URL \"/x\" without a base URL. Set http.baseUrl(..), or begin it with http:// or https://.",
                            "scenario \"relative\" > step 2 (addCookie), MistakeWordsTest.java:0: a cookie without a domain needs a base URL. Set .withDomain(..) or http.baseUrl(..).",
                            "scenario \"both\" > step 1 (http), MistakeWordsTest.java:0: a request has either parts or a body, this one has both. Remove one.",
                            "scenario \"resources\" > step 1 (http), MistakeWordsTest.java:0: resources inside resources are not possible. Name them all at the main request.",
                            "scenario \"files\" > step 1 (http), MistakeWordsTest.java:0: words/none.bin: no such file, neither on the class path nor in HERE. Correct the path.",
                            "scenario \"files\" > step 2 (http), MistakeWordsTest.java:0: words/none.txt: no such file, neither on the class path nor in HERE. Correct the path.",
                            "scenario \"files\" > step 3 (http), MistakeWordsTest.java:0: words/none.ftl: no such file, neither on the class path nor in HERE. Correct the path.",
                            "scenario \"files\" > step 4 (http), MistakeWordsTest.java:0: words/none.png: no such file, neither on the class path nor in HERE. Correct the path.",
                            "scenario \"files\" > step 5 (http), MistakeWordsTest.java:0: words/none.json: no such file, neither on the class path nor in HERE. Correct the path.",
                            "scenario \"files\" > step 6 (feed), MistakeWordsTest.java:0: words/none.feed: no such file, neither on the class path nor in HERE. Correct the path.",
                            "scenario \"dollars\" > step 1 (http), MistakeWordsTest.java:0: \"/${id}\", position 2: ${id} is not an expression. Write #{id}, or \\${id} for the characters themselves.",
                            "scenario \"dollars\" > step 1 (http), MistakeWordsTest.java:0: \"${a}\", position 1: ${a} is not an expression. Write #{a}, or \\${a} for the characters themselves.",
                            "scenario \"dollars\" > step 1 (http), MistakeWordsTest.java:0: \"$.${b}\", position 3: ${b} is not an expression. Write #{b}, or \\${b} for the characters themselves.",
                            "scenario \"dollars\" > step 2 (doIf), MistakeWordsTest.java:0: \"${c}\", position 1: ${c} is not an expression. Write #{c}, or \\${c} for the characters themselves.",
                            "scenario \"fixed names\" > step 1 (http), MistakeWordsTest.java:0: \"#{a}\" is a fixed name: #{ has no effect in it. Remove the expression.",
                            "scenario \"fixed names\" > step 2 (addCookie), MistakeWordsTest.java:0: \"#{d}\" is a fixed name: #{ has no effect in it. Remove the expression.",
                            "scenario \"fixed names\" > step 2 (addCookie), MistakeWordsTest.java:0: \"/#{p}\" is a fixed name: #{ has no effect in it. Remove the expression.",
                            "scenario \"fixed names\" > step 3 (getCookieValue), MistakeWordsTest.java:0: \"#{e}\" is a fixed name: #{ has no effect in it. Remove the expression.",
                            "scenario \"fixed names\" > step 4 (asLongAs), MistakeWordsTest.java:0: \"#{f}\" is a fixed name: #{ has no effect in it. Remove the expression.",
                            "scenario \"fixed names\" > step 5 (tryMax), MistakeWordsTest.java:0: \"#{g}\" is a fixed name: #{ has no effect in it. Remove the expression.",
                            "scenario \"flow\" > step 2 (doSwitch), MistakeWordsTest.java:0: two cases have the key a. Give each case a key of its own.",
                            "scenario \"flow\" > step 3 (randomSwitch), MistakeWordsTest.java:0: the branches add up to 120.0 %. Make them at most 100 % together.",
                            "scenario \"flow\" > step 4 (rendezVous), MistakeWordsTest.java:0: it waits for 2 users, and at most 1 of this scenario are there at once: they would wait for ever. Wait for fewer, or inject more.",
                            "assertion on \"fine > never\", MistakeWordsTest.java:0: no request and no group of the simulation has that path; known are a, b, dollars, el, fine, page, part, parts, raw, template, upload, x. A path is groups, then request; a scenario is not part of it.");
            assertThat(target.came).isEmpty();
        }
    }
}
