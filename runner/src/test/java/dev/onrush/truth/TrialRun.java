package dev.onrush.truth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything a run left, as each consumer would read it.
 *
 * @param console lines of standard output
 * @param took from its start to its end
 * @param summary summary.json
 * @param html index.html
 * @param page the JSON inside of it
 * @param junit properties of junit.xml
 */
record TrialRun(
        Path folder,
        List<String> console,
        int exitCode,
        Duration took,
        LogFacts log,
        JsonNode summary,
        String html,
        JsonNode page,
        Map<String, String> junit) {
    private static final String DATA = "<script type=\"application/json\" id=\"data\">";

    static TrialRun of(Path folder, List<String> console, int exitCode, Duration took) {
        try {
            String html = Files.readString(folder.resolve("index.html"));
            int from = html.indexOf(DATA) + DATA.length();
            JsonMapper mapper = JsonMapper.shared();
            return new TrialRun(
                    folder,
                    console,
                    exitCode,
                    took,
                    LogFacts.of(folder.resolve("events.onrush")),
                    mapper.readTree(Files.readString(folder.resolve("summary.json"))),
                    html,
                    mapper.readTree(html.substring(from, html.indexOf("</script>", from))),
                    junit(folder.resolve("junit.xml")));
        } catch (IOException e) {
            throw new UncheckedIOException("run left no readable files in " + folder, e);
        }
    }

    private static Map<String, String> junit(Path file) throws IOException {
        try {
            NodeList properties = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("property");
            Map<String, String> all = new TreeMap<>();
            for (int i = 0; i < properties.getLength(); i++) {
                Element property = (Element) properties.item(i);
                all.put(property.getAttribute("name"), property.getAttribute("value"));
            }
            return all;
        } catch (ParserConfigurationException | SAXException e) {
            throw new AssertionError(file + " is no XML", e);
        }
    }

    /** A figure of summary.json, such as {@code /total/count/ok}. */
    double figure(String pointer) {
        JsonNode node = summary.at(pointer);
        if (!node.isNumber()) {
            throw new AssertionError(pointer + " is no number in " + summary.toPrettyString());
        }
        return node.asDouble();
    }

    long count(String pointer) {
        return (long) figure(pointer);
    }

    /** The honesty block on the first screen of the page: values by fact. */
    Map<String, String> honesty() {
        int from = html.indexOf("<div id=\"honesty\">");
        Matcher fact = Pattern.compile("data-fact=\"([^\"]*)\" data-value=\"([^\"]*)\"")
                .matcher(html.substring(from, html.indexOf("</dl>", from)));
        Map<String, String> facts = new LinkedHashMap<>();
        while (fact.find()) {
            facts.put(fact.group(1), fact.group(2));
        }
        return facts;
    }

    String verdict() {
        return summary.at("/run/verdict/level").asString();
    }

    String reasons() {
        return summary.at("/run/verdict/reasons").toString();
    }
}
