package dev.onrush.truth;

import static dev.onrush.testkit.FaultScript.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that bend the rules of HTTP/1, and which of them are taken (T09). The table is docs/http-replies.md. */
@Timeout(60)
class ReplyTableTest {
    private static final Path PAGE = Path.of("..", "docs", "http-replies.md");
    private static final String OK = "";
    private static final String L = "Content-Length: 2\r\n";
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";

    /**
     * @param bytes what comes, before the connection ends in good order
     * @param errorClass empty: taken
     */
    private record Reply(String part, String what, String bytes, String errorClass) {}

    private static Reply line(String what, String line, String errorClass) {
        return new Reply("status line", what, line + "\r\n" + L + "\r\nok", errorClass);
    }

    private static Reply header(String what, String header, String errorClass) {
        return new Reply("headers", what, HEAD + L + header + "\r\n\r\nok", errorClass);
    }

    private static Reply length(String what, String headers, String body, String errorClass) {
        return new Reply("length", what, HEAD + headers + "\r\n\r\n" + body, errorClass);
    }

    private static Reply whole(String part, String what, String bytes, String errorClass) {
        return new Reply(part, what, bytes, errorClass);
    }

    private static final String STATUS_LINE = "proto.status_line";
    private static final String HEADER = "proto.header";
    private static final String LENGTH = "proto.length";
    private static final String CHUNK = "proto.chunk";
    private static final String EARLY = "read.eof_early";
    private static final String STATUS = "check.failed";

    private static final List<Reply> REPLIES = List.of(
            line("`HTTP/1.1 200 OK`", "HTTP/1.1 200 OK", OK),
            line("no reason", "HTTP/1.1 200", OK),
            line("a space and no reason", "HTTP/1.1 200 ", OK),
            line("a reason with bytes above 127", "HTTP/1.1 200 \u00fc\u00ff", OK),
            line("version 1.0", "HTTP/1.0 200 OK", OK),
            line("version 1.2", "HTTP/1.2 200 OK", OK),
            line("version 0.9", "HTTP/0.9 200 OK", OK),
            line("version 2.0", "HTTP/2.0 200 OK", STATUS_LINE),
            line("version 1.x", "HTTP/1.x 200 OK", STATUS_LINE),
            line("no version", "HTTP 200 OK", STATUS_LINE),
            line("small letters", "http/1.1 200 OK", STATUS_LINE),
            line("another protocol", "ICY 200 OK", STATUS_LINE),
            line("two spaces before the status", "HTTP/1.1  200 OK", OK),
            line("a tab before the status", "HTTP/1.1\t200 OK", OK),
            line("a space in front", " HTTP/1.1 200 OK", OK),
            line("status 99", "HTTP/1.1 99 Low", STATUS_LINE),
            line("status 1000", "HTTP/1.1 1000 High", STATUS_LINE),
            line("status 000", "HTTP/1.1 000 Zero", STATUS_LINE),
            line("status 999", "HTTP/1.1 999 Odd", STATUS),
            line("status 600", "HTTP/1.1 600 Odd", STATUS),
            line("status -200", "HTTP/1.1 -200 OK", STATUS_LINE),
            line("status +200", "HTTP/1.1 +200 OK", STATUS_LINE),
            line("status 2x0", "HTTP/1.1 2x0 OK", STATUS_LINE),
            line("status 20", "HTTP/1.1 20 OK", STATUS_LINE),
            line("no status", "HTTP/1.1", STATUS_LINE),
            line("status 200OK", "HTTP/1.1 200OK", STATUS_LINE),
            whole("status line", "one empty line before it", "\r\n" + HEAD + L + "\r\nok", OK),
            whole(
                    "status line",
                    "20 empty lines before it",
                    "\r\n".repeat(20) + HEAD + L + "\r\nok",
                    "proto.too_large"),
            whole("status line", "NUL in it", "HTTP/1.1 200 O\0K\r\n" + L + "\r\nok", OK),
            whole("status line", "HTML instead", "<html>502</html>\n", STATUS_LINE),
            whole("status line", "a TLS alert instead", "\u0015\u0003\u0003\0\u0002\u0002\u0028", STATUS_LINE),
            whole("status line", "nothing", "", EARLY),
            header("no colon", "no colon here", HEADER),
            header("an empty name", ": value", HEADER),
            header("a space before the colon", "X : 1", HEADER),
            header("a space in the name", "X Y: 1", OK),
            header("an empty value", "X:", OK),
            header("no space after the colon", "X:1", OK),
            header("folded", "X: 1\r\n  2", OK),
            header("NUL in the value", "X: 1\0002", OK),
            header("NUL in the name", "X\0: 1", OK),
            header("a bare CR in the value", "X: 1\r2", OK),
            header("bytes above 127", "X: \u00fc\u00ff", OK),
            header("a name twice", "X: 1\r\nX: 2", OK),
            whole("headers", "bare LF as line ends", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", OK),
            whole("headers", "the first one folded", HEAD + " X: 1\r\n" + L + "\r\nok", OK),
            whole("headers", "an end before the empty line", HEAD + L, EARLY),
            whole("headers", "none", HEAD + "\r\nok", OK),
            length("twice, the same", "Content-Length: 2\r\nContent-Length: 2", "ok", LENGTH),
            length("twice, another", "Content-Length: 2\r\nContent-Length: 3", "ok!", LENGTH),
            length("a list", "Content-Length: 2, 2", "ok", LENGTH),
            length("negative", "Content-Length: -2", "ok", LENGTH),
            length("with a plus", "Content-Length: +2", "ok", OK),
            length("hexadecimal", "Content-Length: 0x2", "ok", LENGTH),
            length("empty", "Content-Length: ", "ok", LENGTH),
            length("larger than 2^63", "Content-Length: 9223372036854775808", "ok", LENGTH),
            length("and chunked", "Content-Length: 2\r\nTransfer-Encoding: chunked", "2\r\nok\r\n0\r\n\r\n", OK),
            length("of an unknown transfer coding", "Transfer-Encoding: lzma", "ok", HEADER),
            length(
                    "gzip, chunked as transfer coding",
                    "Transfer-Encoding: gzip, chunked",
                    "2\r\nok\r\n0\r\n\r\n",
                    HEADER),
            length("chunked, in capitals", "Transfer-Encoding: CHUNKED", "2\r\nok\r\n0\r\n\r\n", OK),
            length("chunk sizes with spaces", "Transfer-Encoding: chunked", "2  \r\nok\r\n0\r\n\r\n", OK),
            length("chunk line ends as bare LF", "Transfer-Encoding: chunked", "2\nok\n0\n\n", OK),
            length("no end of the last chunk", "Transfer-Encoding: chunked", "2\r\nok\r\n0\r\n", OK),
            length("chunk size with 0x", "Transfer-Encoding: chunked", "0x2\r\nok\r\n0\r\n\r\n", CHUNK),
            whole("length", "204 with one", "HTTP/1.1 204 No Content\r\n" + L + "\r\n", OK),
            whole("length", "304 with one", "HTTP/1.1 304 Not Modified\r\n" + L + "\r\n", OK),
            whole("length", "101 unasked", "HTTP/1.1 101 Switching Protocols\r\n\r\n", EARLY));

    @TempDir
    Path results;

    @Test
    void answersAreTakenOrRefusedByTheTable() {
        List<TargetFault> faults = REPLIES.stream()
                .map(reply -> TargetFault.of(
                                "T09",
                                REPLIES.indexOf(reply) + " " + reply.what().replaceAll("\\s+", " "),
                                script().readRequest().write(reply.bytes()).fin())
                        .gives(reply.errorClass()))
                .toList();
        try (FaultRun run = new FaultRun(false, 2, 2, Duration.ofSeconds(10), Duration.ZERO, faults)) {
            FaultRun.Outcome outcome = run.run(results);

            Figures.print(
                    "T09",
                    "%d of %d scripted answers as the table says",
                    REPLIES.size() - outcome.wrong.size(),
                    REPLIES.size());
            assertThat(outcome.wrong).isEmpty();
        }
    }

    /** Run with {@code -Donrush.writeDocs=true} to write the page anew. */
    @Test
    void tableIsTheOneInTheDocumentation() throws IOException {
        if (Boolean.getBoolean("onrush.writeDocs")) {
            Files.writeString(PAGE, page());
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page());
    }

    private static String page() {
        return """
                # Answers that bend the rules

                What Onrush does with answers that are not quite HTTP/1.1, or not at all. A test plays each of them and holds this
                table to what happens. *Taken* is an answer like any other; else the request fails with this class. After each of
                them, and after bytes nobody asked for, the connection is not used again.

                | part | answer | what comes of it |
                |---|---|---|
                """
                + REPLIES.stream()
                        .map(reply -> "| " + reply.part() + " | " + reply.what() + " | "
                                + (reply.errorClass().isEmpty() ? "taken" : "`" + reply.errorClass() + "`") + " |\n")
                        .collect(Collectors.joining())
                + """

                `check.failed` stands where the status is taken as it is and is not one of success.
                """;
    }
}
