package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ResponseTime;
import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthServer;

/** The second opinion is worth something only if it can say no: whatever is changed in a run, it finds (M30). */
class TamperedRunTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int BLOCK_HEAD = 44;

    @TempDir
    static Path results;

    private static Path log;
    private static Path summary;
    private static Path ledger;
    private static JsonNode figures;

    @TempDir
    Path changed;

    /** Users of both models, each with its number in its request, in a group. */
    static final class Numbered extends Simulation {
        {
            var request = group("g")
                    .on(http("get")
                            .get(Trial.text("url"))
                            .header(TruthRequest.ID_HEADER, session -> Long.toString(session.userId())));
            setUp(
                            scenario("open")
                                    .exec(request)
                                    .injectOpen(constantUsersPerSec(50).during(1)),
                            scenario("closed")
                                    .exec(request)
                                    .injectClosed(constantConcurrentUsers(2).during(1)))
                    .seed(1);
        }
    }

    @BeforeAll
    static void run() {
        ledger = results.resolve("ledger.csv");
        try (TruthServer server = TruthServer.setup()
                .responseTime(ResponseTime.uniform(Duration.ofMillis(5), Duration.ofMillis(40), 1))
                .stall(Duration.ofMillis(500), Duration.ofMillis(200))
                .start()) {
            TrialRun run = Trial.of(Numbered.class, results)
                    .with("url", server.url("/"))
                    .run();
            Invariants.hold(run).arrived(server.ledger()).ended(Duration.ofSeconds(1), 0);
            server.ledger().writeCsv(ledger);
            log = run.folder().resolve("events.onrush");
            summary = run.folder().resolve("summary.json");
            figures = run.summary();
            Oracle.agrees(run, ledger);
        }
    }

    private static void isFound(String what, Path log, Path summary, Path ledger) {
        Oracle.Answer answer = Oracle.ask(log, summary, ledger);
        assertThat(answer.exitCode()).as("%s: %s", what, answer.said()).isEqualTo(1);
        assertThat(answer.said()).as(what).doesNotContain("equal").isNotEmpty();
    }

    /** All numbers that the log tells. */
    private static void numbers(JsonNode node, String pointer, List<String> into) {
        if (node.isNumber()) {
            into.add(pointer);
        } else if (node.isObject()) {
            node.properties().forEach(entry -> numbers(entry.getValue(), pointer + "/" + entry.getKey(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                numbers(node.get(i), pointer + "/" + i, into);
            }
        }
    }

    @Test
    void anyChangedFigureOfTheSummaryIsFound() throws IOException {
        List<String> pointers = new ArrayList<>();
        for (String part : List.of("users", "total", "requests", "groups")) {
            numbers(figures.get(part), "/" + part, pointers);
        }
        assertThat(pointers).hasSizeGreaterThan(100);

        // All at once; each difference is a line of its own.
        JsonNode copy = JSON.readTree(figures.toString());
        for (String pointer : pointers) {
            int slash = pointer.lastIndexOf('/');
            ObjectNode parent = (ObjectNode) copy.at(pointer.substring(0, slash));
            String key = pointer.substring(slash + 1);
            JsonNode value = parent.get(key);
            if (value.isIntegralNumber()) {
                parent.put(key, pointer.contains("/compensated/") ? value.asLong() * 2 + 1 : value.asLong() + 1);
            } else {
                parent.put(key, value.asDouble() * 1.002 + (pointer.contains("/compensated/") ? 1000 : 0.2));
            }
        }
        Path file = Files.writeString(changed.resolve("summary.json"), copy.toString());
        Oracle.Answer answer = Oracle.ask(log, file);

        assertThat(answer.exitCode()).isEqualTo(1);
        List<String> missed = pointers.stream()
                .filter(pointer -> answer.said().stream().noneMatch(line -> line.startsWith(line(pointer) + ":")))
                .toList();
        Figures.print(
                "M30",
                "tampered summary.json: %d of %d changed figures found by oracle.py",
                pointers.size() - missed.size(),
                pointers.size());
        assertThat(missed).isEmpty();
    }

    @Test
    void anyChangedCellOfTheTablesIsFound() throws IOException {
        int cells = 0;
        List<String> missed = new ArrayList<>();
        for (String name : List.of("requests.csv", "timeline.csv", "errors.csv")) {
            List<String> lines = Files.readAllLines(summary.resolveSibling(name));
            List<String> columns = List.of(lines.get(0).split(","));
            if (lines.size() == 1) { // no error in this run: one is made up
                lines.add("request,g,get,check.failed,found 503,1,20,20");
            }
            String[] changedLine = lines.get(1).split(",", -1);
            // All cells at once; each difference is a line of its own.
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < changedLine.length; i++) {
                if (changedLine[i].matches("\\d+(\\.\\d+)?") && !columns.get(i).equals("from")) {
                    // An estimate may be a little off.
                    int more = columns.get(i).startsWith("compensated.") ? 1007 : 7;
                    changedLine[i] = new BigDecimal(changedLine[i])
                            .multiply(BigDecimal.valueOf(2))
                            .add(BigDecimal.valueOf(more))
                            .toPlainString();
                    expected.add(columns.get(i));
                }
            }
            Path copy = Files.createDirectories(changed.resolve(name + ".d"));
            Files.copy(summary, copy.resolve("summary.json"));
            lines.set(1, String.join(",", changedLine));
            Files.write(copy.resolve(name), lines);

            Oracle.Answer answer = Oracle.ask(log, copy.resolve("summary.json"));

            assertThat(answer.exitCode()).as(name).isEqualTo(1);
            for (String column : expected) {
                cells++;
                String told = List.of("total", "ok", "ko").contains(column) && name.startsWith("req")
                        ? "count." + column
                        : column;
                boolean isFound = name.startsWith("errors")
                        ? answer.said().stream().anyMatch(line -> line.startsWith("errors.csv ("))
                        : answer.said().stream()
                                .anyMatch(line -> line.startsWith(name) && line.contains("." + told)
                                        || line.contains("takes") && told.equals("seconds"));
                if (!isFound) {
                    missed.add(name + " " + column);
                }
            }
        }
        Figures.print(
                "M30", "tampered tables: %d of %d changed cells found by oracle.py", cells - missed.size(), cells);
        assertThat(cells).isGreaterThan(80);
        assertThat(missed).isEmpty();
    }

    /** A place as the oracle names it. */
    private static String line(String pointer) {
        String[] parts = pointer.substring(1).split("/");
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            if (i == 1 && (parts[0].equals("requests") || parts[0].equals("groups"))) {
                line.append(parts[0].equals("requests") ? "[g/get]" : "[g]");
            } else {
                line.append('.').append(parts[i]);
            }
        }
        return line.toString();
    }

    @Test
    void aChangedLogIsFound() throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        int block = firstBlockWithRequests(bytes);

        byte[] flipped = bytes.clone();
        flipped[block + BLOCK_HEAD + 20] ^= 1;
        isFound("a flipped bit", write(flipped), summary, ledger);

        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length / 2);
        isFound("the second half is missing", write(cut), summary, ledger);

        byte[] forged = bytes.clone();
        forged[firstRequest(bytes, block)] ^= 1; // OK becomes KO
        seal(forged, block);
        isFound("one outcome, with a right checksum", write(forged), summary, ledger);

        byte[] longer = bytes.clone();
        longer[responseTime(bytes, firstRequest(bytes, block)) + 1] ^= 2; // 128 µs more or less, of 5 ms at least
        seal(longer, block);
        isFound("one response time, with a right checksum", write(longer), summary, ledger);
        Figures.print("M30", "tampered log: flipped, cut, two forged records with right checksums: found 4/4");
    }

    @Test
    void aChangedLedgerIsFound() throws IOException {
        List<String> lines = Files.readAllLines(ledger);
        int found = 0;
        for (UnaryOperator<String[]> change : List.<UnaryOperator<String[]>>of(
                cells -> null,
                cells -> with(cells, 0, Long.toString(Long.parseLong(cells[0]) - 1_000_000_000)),
                cells -> with(cells, 4, "9999"),
                cells -> with(cells, 6, "503"),
                cells -> with(cells, 7, Long.toString(Long.parseLong(cells[7]) + 1_000_000_000)),
                cells -> with(cells, 8, "17"))) {
            List<String> other = new ArrayList<>(lines);
            String[] cells = change.apply(other.remove(7).split(",", -1));
            if (cells != null) {
                other.add(7, String.join(",", cells));
            }
            isFound(
                    "line " + lines.get(7) + " as " + other.get(7),
                    log,
                    summary,
                    Files.write(changed.resolve("ledger.csv"), other));
            found++;
        }
        Figures.print("M30", "tampered ledger, one cell or line at a time: found %d/6", found);
    }

    private static String[] with(String[] cells, int at, String text) {
        String[] other = cells.clone();
        other[at] = text;
        return other;
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(changed.resolve("events.onrush"), bytes);
    }

    // ---- just enough of docs/event-log.md

    private static int firstBlockWithRequests(byte[] bytes) {
        int head = 36 + ByteBuffer.wrap(bytes).getInt(32) + 4;
        int block = 2 * head;
        while (firstRequest(bytes, block) < 0) {
            block += BLOCK_HEAD + ByteBuffer.wrap(bytes).getInt(block + 16);
        }
        return block;
    }

    /** Where the first request of a block begins; −1 if there is none. */
    private static int firstRequest(byte[] bytes, int block) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int end = block + BLOCK_HEAD + in.getInt(block + 16);
        in.position(block + BLOCK_HEAD);
        number(in);
        for (long names = number(in); names > 0; names--) {
            in.get();
            number(in);
            number(in);
            skip(in, number(in));
            skip(in, number(in));
        }
        while (in.position() < end) {
            if (in.get(in.position()) < 0) {
                return in.position();
            }
            in.get();
            skip(in, number(in));
        }
        return -1;
    }

    /** Where the lowest byte of a request's response time is. */
    private static int responseTime(byte[] bytes, int request) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        in.position(request);
        int head = in.get();
        if ((head & 0x10) != 0) {
            number(in);
        }
        if ((head & 0x40) != 0) {
            number(in);
        }
        number(in); // user
        number(in); // request
        number(in); // end
        return in.position();
    }

    private static void skip(ByteBuffer in, long length) {
        in.position(in.position() + (int) length);
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte part;
        do {
            part = in.get();
            value |= (long) (part & 0x7f) << shift;
            shift += 7;
        } while (part < 0);
        return value;
    }

    private static void seal(byte[] bytes, int block) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, block, 40);
        crc.update(bytes, block + BLOCK_HEAD, ByteBuffer.wrap(bytes).getInt(block + 16));
        ByteBuffer.wrap(bytes).putInt(block + 40, (int) crc.getValue());
    }
}
