package dev.onrush.report.internal.files;

import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.outcome.RunOutcome;

/** {@code junit.xml}: the assertions as test cases, the run's facts as properties. Characters that XML forbids are left out. */
public final class JunitXml {
    private JunitXml() {}

    public static String of(RunStatistics statistics, RunOutcome outcome) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            write(statistics, outcome, xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.append('\n').toString();
    }

    private static void write(RunStatistics statistics, RunOutcome outcome, XMLStreamWriter xml)
            throws XMLStreamException {
        List<AssertionResult> assertions = outcome.assertions();
        Map<String, String> counts = counts(statistics.run(), outcome);
        open(xml, 0, "testsuites", counts);
        counts.put(
                "timestamp",
                statistics
                        .run()
                        .start()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString()
                        .replace("Z", ""));
        open(xml, 1, "testsuite", counts);
        open(xml, 2, "properties", Map.of());
        for (Map.Entry<String, String> property :
                properties(statistics, outcome).entrySet()) {
            indent(xml, 3);
            xml.writeEmptyElement("property");
            attribute(xml, "name", property.getKey());
            attribute(xml, "value", property.getValue());
        }
        close(xml, 2);
        if (assertions == null) {
            notEvaluated(xml, statistics, outcome);
        } else {
            for (AssertionResult assertion : assertions) {
                testCase(xml, statistics.run(), assertion);
            }
        }
        close(xml, 1);
        close(xml, 0);
    }

    private static Map<String, String> counts(RunInfo run, RunOutcome outcome) {
        List<AssertionResult> assertions = outcome.assertions();
        boolean isError = assertions == null && isAsked(outcome);
        Map<String, String> counts = new LinkedHashMap<>();
        counts.put("name", run.simulation());
        counts.put("tests", Integer.toString(assertions == null ? 1 : assertions.size()));
        counts.put(
                "failures",
                Long.toString(
                        assertions == null
                                ? 0
                                : assertions.stream()
                                        .filter(result -> !result.passed())
                                        .count()));
        counts.put("errors", isError ? "1" : "0");
        counts.put("skipped", assertions == null && !isError ? "1" : "0");
        counts.put("time", Double.toString(run.durationSeconds()));
        return counts;
    }

    /** Such a report should have results of assertions. */
    private static boolean isAsked(RunOutcome outcome) {
        return outcome.scope().withoutAssertions() == null;
    }

    private static void notEvaluated(XMLStreamWriter xml, RunStatistics statistics, RunOutcome outcome)
            throws XMLStreamException {
        boolean isAsked = isAsked(outcome);
        open(xml, 2, "testcase", testCaseAttributes(statistics.run(), "assertions"));
        indent(xml, 3);
        xml.writeEmptyElement(isAsked ? "error" : "skipped");
        attribute(xml, "message", outcome.whyNotEvaluated(statistics));
        if (isAsked) {
            attribute(xml, "type", "not evaluated");
        }
        close(xml, 2);
    }

    private static void testCase(XMLStreamWriter xml, RunInfo run, AssertionResult assertion)
            throws XMLStreamException {
        Map<String, String> attributes = testCaseAttributes(run, assertion.name());
        if (assertion.passed()) {
            indent(xml, 2);
            xml.writeEmptyElement("testcase");
            attributes(xml, attributes);
            return;
        }
        open(xml, 2, "testcase", attributes);
        indent(xml, 3);
        xml.writeStartElement("failure");
        attribute(xml, "message", assertion.text());
        attribute(xml, "type", "assertion");
        xml.writeCharacters(valid(assertion.text() + "\nactual: "
                + (assertion.actual() == null ? "none" : assertion.actual().toString()) + "\n" + assertion.limit()));
        xml.writeEndElement();
        close(xml, 2);
    }

    private static Map<String, String> testCaseAttributes(RunInfo run, String name) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("name", name);
        attributes.put("classname", run.simulation());
        attributes.put("time", "0");
        return attributes;
    }

    private static Map<String, String> properties(RunStatistics statistics, RunOutcome outcome) {
        RunInfo run = statistics.run();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("onrush.version", run.version());
        properties.put("onrush.description", run.description());
        properties.put("onrush.start", run.start().toString());
        properties.put("onrush.seed", Long.toString(run.seed()));
        properties.put("onrush.verdict", outcome.verdict().level().name());
        if (outcome.exitCode() != null) {
            properties.put("onrush.exitCode", outcome.exitCode().toString());
        }
        properties.put("onrush.requests.total", Long.toString(statistics.total().total()));
        properties.put("onrush.requests.ok", Long.toString(statistics.total().ok()));
        properties.put("onrush.requests.ko", Long.toString(statistics.total().ko()));
        List<String> reasons = new ArrayList<>();
        outcome.verdict().reasons().forEach(reason -> reasons.add(reason.text()));
        for (int i = 0; i < reasons.size(); i++) {
            properties.put("onrush.verdict.reason." + (i + 1), reasons.get(i));
        }
        List<String> remarks = outcome.scope().words();
        for (int i = 0; i < remarks.size(); i++) {
            properties.put("onrush.remark." + (i + 1), remarks.get(i));
        }
        new TreeMap<>(run.settings()).forEach((key, value) -> properties.put("onrush.setting." + key, value));
        return properties;
    }

    private static void open(XMLStreamWriter xml, int depth, String element, Map<String, String> attributes)
            throws XMLStreamException {
        indent(xml, depth);
        xml.writeStartElement(element);
        attributes(xml, attributes);
    }

    private static void close(XMLStreamWriter xml, int depth) throws XMLStreamException {
        indent(xml, depth);
        xml.writeEndElement();
    }

    private static void attributes(XMLStreamWriter xml, Map<String, String> attributes) throws XMLStreamException {
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            attribute(xml, attribute.getKey(), attribute.getValue());
        }
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, valid(value));
    }

    private static void indent(XMLStreamWriter xml, int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /** Without what XML 1.0 cannot carry: most control characters, lone surrogates, U+FFFE and U+FFFF. */
    static String valid(String text) {
        if (text.codePoints().allMatch(JunitXml::isValid)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(JunitXml::isValid).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isValid(int codePoint) {
        return codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r'
                || (codePoint >= 0x20 && codePoint <= 0xD7FF)
                || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
                || (codePoint >= 0x10000 && codePoint <= 0x10FFFF);
    }
}
