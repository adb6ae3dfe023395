package dev.onrush.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.session.UserSession;

class XPathFinderTest {
    private static final String SHOP =
            "<s xmlns:p='urn:p' xmlns='urn:d'><i n='1'>a<b>c</b></i><i n='2'/><p:i>x</p:i></s>";
    private static final Map<String, String> PREFIXES = Map.of("d", "urn:d", "q", "urn:p");

    private final UserSession session =
            UserSession.of(new UserIdentity(1, "shop", 42)).set("n", "2");

    private static Expression<String> text(String text) {
        return ExpressionCompiler.text(text);
    }

    private static CheckResult run(String path, ResponseBody body) {
        return new FoundCheck(XPathFinder.of(text(path), Map.of()).all(), Expectation.EXISTS)
                .savedAs("found")
                .run(new TextResponse(body, 1), UserSession.NOBODY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "//d:i | ac,",
                "//d:i/@n | 1,2",
                "//d:i[@n='#{n}']/@n | 2",
                "//q:i | x",
                "//q:i/text() | x",
                "//i | -",
                "count(//*) | 5",
                "sum(//@n) div 2 | 1.5",
                "0 div 0 | NaN",
                "boolean(//d:b) | true",
                "name(/*) | s",
                "string(//d:gone) | ",
                "/d:s/d:i[2]/preceding::*/@n | 1",
            })
    void findsByXPath(String path, String expected) {
        List<String> found = XPathFinder.of(text(path), PREFIXES).findAll(TextResponse.of(SHOP), session);

        assertThat(found.isEmpty() ? "-" : String.join(",", found)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void reportsPathsThatCannotBeCompiled() {
        assertThat(XPathFinder.of(text("//["), Map.of()).problems())
                .singleElement()
                .asString()
                .startsWith("xpath \"//[\": ")
                .endsWith("Correct the xpath.");
        assertThat(XPathFinder.of(text("//p:a"), Map.of()).problems()).hasSize(1);
        assertThat(XPathFinder.of(text("//p:a"), Map.of("p", "urn:p")).problems())
                .isEmpty();
        assertThat(XPathFinder.of(text(""), Map.of()).problems()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "ISO-8859-1", "UTF-16"})
    void readsABodyInItsCharset(String name) {
        Charset charset = Charset.forName(name);

        CheckResult result = run("/a", ResponseBody.of("<a>é</a>".getBytes(charset), charset));

        assertThat(result.session(session).get("found")).isEqualTo(List.of("é"));
    }

    @Test
    void readsTheEncodingThatOnlyTheFirstLineNames() {
        byte[] latin = "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>".getBytes(StandardCharsets.ISO_8859_1);

        CheckResult result = run("/a", ResponseBody.of(latin, StandardCharsets.UTF_8));

        assertThat(result.session(session).get("found")).isEqualTo(List.of("é"));
    }

    /** S16: entities and everything else that would read more than the body. PORT is where somebody listens. */
    private static List<String> hostile() {
        String laughs = "<!DOCTYPE l [<!ENTITY a 'ha'>" + ladder('a', 'b') + ladder('b', 'c') + ladder('c', 'd')
                + ladder('d', 'e') + ladder('e', 'f') + ladder('f', 'g') + ladder('g', 'h') + "]><a>&h;</a>";
        return List.of(
                laughs,
                "<!DOCTYPE a [<!ENTITY x 'y'>]><a>" + "&x;".repeat(100_000) + "</a>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1:PORT/a.dtd'><a/>",
                "<!DOCTYPE a PUBLIC '-//x//y' 'http://127.0.0.1:PORT/a.dtd'><a/>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'http://127.0.0.1:PORT/x'>]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:PORT/x'>%x;]><a/>",
                "<!DOCTYPE html><a/>",
                "<a>&undeclared;</a>",
                "<a>".repeat(100_000) + "</a>".repeat(100_000),
                "<a " + "x".repeat(10) + "='1' ".repeat(2) + "/>",
                "<a",
                "",
                "   ",
                "{}",
                "<a></b>",
                "<a/><b/>",
                "\uFEFF",
                "<a>\0</a>");
    }

    private static String ladder(char from, char to) {
        return "<!ENTITY " + to + " '" + ("&" + from + ";").repeat(10) + "'>";
    }

    @Test
    void crashesOnHostileXmlInShortTimeAndReadsNothingElse() throws Exception {
        PrintStream console = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
            for (String each : hostile()) {
                String body = each.replace("PORT", String.valueOf(listener.getLocalPort()));

                long before = System.nanoTime();
                CheckResult result = run("//a", ResponseBody.of(body));
                Duration taken = Duration.ofNanos(System.nanoTime() - before);

                assertThat(result.errorClass())
                        .as(result + " of " + excerpt(body))
                        .isEqualTo(ErrorClass.CHECK_CRASHED);
                assertThat(result.message()).doesNotContain("root:").hasSizeLessThanOrEqualTo(200);
                assertThat(taken).isLessThan(Duration.ofSeconds(2));
            }
            assertNobodyCame(listener);
        } finally {
            System.setErr(console);
        }
        assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** These are XML, and mean nothing more than what they say. */
    @Test
    void takesInclusionsAndStyleSheetsForElementsLikeOthers() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + listener.getLocalPort();
            List<String> bodies = List.of(
                    "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='" + url + "/x'/></a>",
                    "<?xml-stylesheet type='text/xsl' href='" + url + "/x.xsl'?><a/>",
                    "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:noNamespaceSchemaLocation='" + url
                            + "/x.xsd'/>");

            for (String body : bodies) {
                assertThat(run("//a", ResponseBody.of(body)).errorClass()).isNull();
            }
            assertNobodyCame(listener);
        }
    }

    private static void assertNobodyCame(ServerSocket listener) throws Exception {
        listener.setSoTimeout(1);
        try {
            listener.accept();
        } catch (SocketTimeoutException e) {
            return;
        }
        throw new AssertionError("the parser connected to the address that a body names");
    }

    private static String excerpt(String body) {
        return body.substring(0, Math.min(80, body.length()));
    }

    @Test
    void isSafeForUseByManyThreads() throws Exception {
        XPathFinder finder = XPathFinder.of(text("//a/@n"), Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int mine = thread;
                all.add(() -> {
                    for (int i = 0; i < 300; i++) {
                        String n = mine + "-" + i;
                        List<String> found = finder.findAll(TextResponse.of("<x><a n='" + n + "'/></x>"), session);
                        if (!found.equals(List.of(n))) {
                            return false;
                        }
                    }
                    return true;
                });
            }
            for (Future<Boolean> each : threads.invokeAll(all)) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }
}
