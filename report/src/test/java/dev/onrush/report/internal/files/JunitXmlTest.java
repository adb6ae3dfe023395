package dev.onrush.report.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.report.outcome.RunOutcome;
import dev.onrush.report.testing.Hostile;
import dev.onrush.report.testing.Runs;

class JunitXmlTest {
    @Test
    void tellsAssertionsAsTestCases() {
        String xml = JunitXml.of(Runs.ofTimes(new long[] {1000, 2_000_000}, new long[0]), outcome("open item"));

        assertThat(xml).isEqualTo("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <testsuites name="shop.BrowseSimulation" tests="2" failures="1" errors="0" skipped="0" time="60.25">
                          <testsuite name="shop.BrowseSimulation" tests="2" failures="1" errors="0" skipped="0" time="60.25" timestamp="2026-11-23T18:40:05">
                            <properties>
                              <property name="onrush.version" value="0.1.0"/>
                              <property name="onrush.description" value="nightly"/>
                              <property name="onrush.start" value="2026-11-23T18:40:05.250Z"/>
                              <property name="onrush.seed" value="42"/>
                              <property name="onrush.verdict" value="TRUSTWORTHY"/>
                              <property name="onrush.exitCode" value="2"/>
                              <property name="onrush.requests.total" value="2"/>
                              <property name="onrush.requests.ok" value="2"/>
                              <property name="onrush.requests.ko" value="0"/>
                            </properties>
                            <testcase name="open item: count, limit above 1" classname="shop.BrowseSimulation" time="0"/>
                            <testcase name="open item: response time p99, limit below 500 ms" classname="shop.BrowseSimulation" time="0">
                              <failure message="open item: response time p99 = 2000 ms, limit below 500 ms (2 requests, 0 KO)." type="assertion">open item: response time p99 = 2000 ms, limit below 500 ms (2 requests, 0 KO).
                        actual: 2000.0
                        limit below 500 ms</failure>
                            </testcase>
                          </testsuite>
                        </testsuites>
                        """);
    }

    @Test
    void staysWellFormedWhateverTheNamesHold() throws Exception {
        for (String payload : Hostile.payloads()) {
            Document document = parse(JunitXml.of(
                    Runs.with(
                            Runs.ofTimes(new long[] {1000}, new long[0]),
                            Runs.info(Map.of("results", payload), Map.of())),
                    outcome(payload)));

            Element failed = (Element) document.getElementsByTagName("testcase").item(1);
            String name = failed.getAttribute("name");
            assertThat(name.replaceAll("\\s", " "))
                    .isEqualTo(JunitXml.valid(payload + ": response time p99, limit below 500 ms")
                            .replaceAll("\\s", " "));
        }
    }

    @Test
    void leavesOutWhatXmlForbids() {
        assertThat(JunitXml.valid("a\u0000b\u001Bc\uD83Dd\uFFFEe\uD83D\uDE00\tf"))
                .isEqualTo("abcde\uD83D\uDE00\tf");
    }

    @Test
    void isAnErrorWhenAssertionsWereNotEvaluated() throws Exception {
        Document document = parse(JunitXml.of(
                Runs.killed(), new RunOutcome(new Verdict(VerdictLevel.INCOMPLETE, List.of()), null, null)));

        Element error = (Element) document.getElementsByTagName("error").item(0);
        assertThat(error.getAttribute("message")).isEqualTo("assertions were not evaluated: the run was killed");
        assertThat(document.getDocumentElement().getAttribute("errors")).isEqualTo("1");
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static RunOutcome outcome(String name) {
        return new RunOutcome(
                Runs.TRUSTWORTHY,
                List.of(
                        new AssertionResult(
                                name + ": count, limit above 1",
                                name + ": count = 2, limit above 1 (2 requests, 0 KO).",
                                true,
                                2.0,
                                "limit above 1",
                                2),
                        new AssertionResult(
                                name + ": response time p99, limit below 500 ms",
                                name + ": response time p99 = 2000 ms, limit below 500 ms (2 requests, 0 KO).",
                                false,
                                2000.0,
                                "limit below 500 ms",
                                2)),
                2);
    }
}
