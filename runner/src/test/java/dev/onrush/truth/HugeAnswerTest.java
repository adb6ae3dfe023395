package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static dev.onrush.testkit.FaultScript.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.HttpRequestActionBuilder;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;
import dev.onrush.testkit.TruthSetup;

/**
 * Answers without end or measure, met by a generator of its own that has 128 MiB of heap: endless heads (T10, T11), giant bodies
 * (T12), and bodies that blow up when they are decoded (T14). Beside them 20 users ask another target and all get their answers.
 */
@Tag("slow")
@Timeout(120)
@Tag("beside")
class HugeAnswerTest {
    private static final int OTHERS = 20;
    private static final int OTHERS_EACH = 100;
    private static final long MIB = 1 << 20;
    /** 3072 is more than 2^31 bytes. */
    private static final long LARGE = Long.getLong("truth.largeMib", 300) * MIB;

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(60);

    /** What each generator gets; touched at once, so that what grows is not the heap. */
    private static final String[] JVM = {
        "-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=16m"
    };

    @TempDir
    Path results;

    /**
     * @param answer made where the target is, not where the generator is
     * @param isRead whether a check reads the body
     */
    private record Case(
            String row,
            String what,
            Supplier<Object> answer,
            Duration deadline,
            boolean isRead,
            int users,
            int each,
            String errorClass) {
        String name() {
            return row + " " + what;
        }
    }

    private static Case flood(String what, String begin, String again, String errorClass) {
        FaultScript endless = script().readRequest().write(begin).flood(again);
        Duration deadline = errorClass.equals("timeout.total") ? SHORT : LONG;
        return new Case("T11", what, () -> endless, deadline, false, 2, 2, errorClass);
    }

    private static Case body(String row, String what, boolean isRead, String errorClass, Supplier<Object> answer) {
        return new Case(row, what, answer, errorClass.equals("timeout.total") ? SHORT : LONG, isRead, 1, 5, errorClass);
    }

    private static Case coded(String what, String coding, String errorClass, Supplier<byte[]> bytes) {
        return body(
                "T14",
                what,
                true,
                errorClass,
                () -> TruthResponse.status(200)
                        .header("Content-Encoding", coding)
                        .body(bytes.get()));
    }

    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";

    private static final List<Case> CASES = List.of(
            flood("status line", "HTTP/1.1 200 ", "x".repeat(1024), "proto.too_large"),
            flood("headers", HEAD, "X-Header: 1\r\n".repeat(100), "proto.too_large"),
            flood("long headers", HEAD, "X-Header: " + "x".repeat(30_000) + "\r\n", "proto.too_large"),
            flood("folded header", HEAD + "X: 1\r\n", " x".repeat(1000) + "\r\n", "proto.too_large"),
            flood("empty lines", "", "\r\n".repeat(100), "proto.too_large"),
            flood("1xx", "", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(20), "timeout.total"),
            flood("chunk size", CHUNKED, "0".repeat(1024), "proto.too_large"),
            flood("chunk extension", CHUNKED + "5;x=", "x".repeat(1024), "proto.too_large"),
            flood("small chunks", CHUNKED, "1\r\nx\r\n".repeat(100), "timeout.total"),
            flood("trailers", CHUNKED + "0\r\n", "X-Sum: 1\r\n".repeat(100), "proto.too_large"),
            flood("long trailers", CHUNKED + "0\r\n", "X: " + "x".repeat(30_000) + "\r\n", "proto.too_large"),
            new Case("T12", "large body", () -> zeros(LARGE), LONG, false, 1, 1, ""),
            body("T12", "10 GB announced", false, "timeout.total", () -> zeros(10L << 30)),
            body("T12", "10 GB to be read", true, "body.too_large", () -> zeros(10L << 30)),
            body(
                    "T12",
                    "endless to be read",
                    true,
                    "body.too_large",
                    () -> script().readRequest()
                            .write(HEAD + "Connection: close\r\n\r\n")
                            .flood("x".repeat(8192))),
            coded("10 MB to 10 GB", "gzip", "body.bomb", () -> bomb(10 << 10)),
            coded("64 KB to 60 MB", "gzip", "body.bomb", () -> bomb(60)),
            coded("bomb as deflate", "deflate", "body.bomb", () -> deflated(new byte[12 << 20])),
            coded("bomb in a bomb", "gzip, gzip", "body.bomb", () -> gzip(bomb(500))),
            coded("truncated", "gzip", "body.decode", () -> half(gzip(text(100_000)))),
            coded("without its end", "gzip", "body.decode", () -> shorter(gzip(text(1000)), 4)),
            coded("no gzip", "gzip", "body.decode", () -> text(1000)),
            coded("no deflate", "deflate", "body.decode", () -> text(1000)),
            coded("unknown coding", "lzma", "body.decode", () -> text(1000)),
            coded("5 codings", "gzip, gzip, gzip, gzip, gzip", "", () -> stacked(5)),
            coded("6 codings", "gzip, gzip, gzip, gzip, gzip, gzip", "body.decode", () -> stacked(6)),
            coded("17 MB of text", "gzip", "body.too_large", () -> gzip(text(17 << 20))));

    /** The cases of one row, and the others. */
    static final class Huge extends Simulation {
        {
            List<PopulationBuilder> all = new ArrayList<>();
            all.add(scenario("others")
                    .repeat(OTHERS_EACH)
                    .on(exec(http("others").get(Trial.text("others"))).pause(Duration.ofMillis(20)))
                    .injectOpen(atOnceUsers(OTHERS)));
            for (int i = 0; i < CASES.size(); i++) {
                Case each = CASES.get(i);
                if (each.row().equals(Trial.text("row"))) {
                    HttpRequestActionBuilder get =
                            http(each.name()).get(Trial.text("url" + i)).requestTimeout(each.deadline());
                    all.add(scenario(each.name())
                            .repeat(each.each())
                            .on(each.isRead() ? get.check(bodyString().exists()) : get)
                            .injectOpen(rampUsers(each.users()).during(1)));
                }
            }
            setUp(all).protocols(http.requestTimeout(LONG)).seed(1);
        }
    }

    private record Seen(TrialRun run, double peakMib, double othersP99) {}

    private static @Nullable Seen alone;

    @ParameterizedTest(name = "{0}")
    @CsvSource({"T11, 48", "T12, 64", "T14, 48"})
    void hugeAnswersEndWithTheirClassAndDoNotCostTheMemory(String row, double mostMib) throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), row + " needs /proc to see the memory of a process");
        Seen quiet = quiet();
        Seen huge = run(row, results.resolve("huge"));
        List<String> wrong = new ArrayList<>();
        List<Case> cases = CASES.stream().filter(each -> each.row().equals(row)).toList();
        cases.forEach(each -> look(each, huge.run(), wrong));
        Figures.print(
                row,
                "%d of %d end as they should; memory %.0f MiB more than without them; p99 of the others %.1f ms, without them %.1f ms",
                cases.size() - wrong.size(),
                cases.size(),
                huge.peakMib() - quiet.peakMib(),
                huge.othersP99(),
                quiet.othersP99());
        assertThat(wrong).isEmpty();
        assertThat(huge.peakMib() - quiet.peakMib())
                .as("MiB more than without them")
                .isLessThanOrEqualTo(mostMib);
    }

    /** The others alone: what all rows are held against. */
    private Seen quiet() throws InterruptedException {
        if (alone == null) {
            alone = run("none", results.resolve("quiet"));
        }
        return alone;
    }

    private Seen run(String row, Path folder) throws InterruptedException {
        List<AutoCloseable> servers = new ArrayList<>();
        TruthSetup setup = TruthServer.setup();
        Map<Integer, Object> answers = new TreeMap<>();
        for (int i = 0; i < CASES.size(); i++) {
            Case each = CASES.get(i);
            if (each.row().equals(row)) {
                answers.put(i, each.answer().get());
            }
            if (answers.get(i) instanceof TruthResponse answer) {
                setup = setup.route("/" + i, answer);
            }
        }
        try (TruthServer others = TruthServer.start();
                TruthServer bodies = setup.start()) {
            Trial trial = Trial.of(Huge.class, folder).with("row", row).with("others", others.url("/"));
            for (Map.Entry<Integer, Object> answer : answers.entrySet()) {
                String url = bodies.url("/" + answer.getKey());
                if (answer.getValue() instanceof FaultScript endless) {
                    FaultServer server = FaultServer.start(endless);
                    servers.add(server);
                    url = server.url("/");
                }
                trial = trial.with("url" + answer.getKey(), url);
            }
            try (ChildRun child = trial.child(JVM).start();
                    PeakMemory memory = PeakMemory.of(child.pid())) {
                ChildResult result = child.await(Duration.ofSeconds(100));
                TrialRun run = trial.after(result);
                Invariants.hold(run).due("others", (long) OTHERS * OTHERS_EACH).ended(LONG, 0);
                assertThat(others.ledger().arrivals()).isEqualTo((long) OTHERS * OTHERS_EACH);
                if (row.equals("T12")) {
                    assertThat(run.log().requests)
                            .filteredOn(request -> request.name().equals("T12 large body"))
                            .extracting(LogFacts.Request::bytesReceived)
                            .containsExactly(LARGE + headBytes(LARGE));
                    Figures.print("T12", "%d bytes of body counted exactly", LARGE);
                }
                double[] times = run.log().requests.stream()
                        .filter(request -> request.name().equals("others"))
                        .mapToDouble(request -> request.responseMicros() / 1000.0)
                        .toArray();
                return new Seen(run, memory.mib(), Figures.percentile(times, 99));
            }
        } finally {
            for (AutoCloseable server : servers) {
                try {
                    server.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static void look(Case each, TrialRun run, List<String> wrong) {
        Map<String, Long> seen = run.log().requests.stream()
                .filter(request -> request.name().equals(each.name()))
                .collect(Collectors.groupingBy(LogFacts.Request::errorClass, Collectors.counting()));
        if (!seen.equals(Map.of(each.errorClass(), (long) each.users() * each.each()))) {
            wrong.add(each.name() + ": expected " + each.errorClass() + ", was " + seen);
        }
    }

    private static TruthResponse zeros(long bytes) {
        return TruthResponse.status(200).zeros(bytes);
    }

    private static int headBytes(long length) {
        return ("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n").length();
    }

    /** A gzip of so many MiB of zeros, 1000 to 1: one MiB packed, and its block over and over. */
    static byte[] bomb(int mib) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[1 << 20]);
        byte[] block = new byte[4096];
        int length = deflater.deflate(block, 0, block.length, Deflater.FULL_FLUSH);
        deflater.end();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
        for (int i = 0; i < mib; i++) {
            out.write(block, 0, length);
        }
        out.writeBytes(new byte[] {3, 0}); // the last, empty block
        out.writeBytes(new byte[8]);
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream zip = new DeflaterOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] stacked(int times) {
        return Stream.iterate(text(1000), HugeAnswerTest::gzip)
                .skip(times)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] half(byte[] bytes) {
        return shorter(bytes, bytes.length / 2);
    }

    private static byte[] shorter(byte[] bytes, int by) {
        return Arrays.copyOf(bytes, bytes.length - by);
    }

    /** Text that packs about 5 to 1. */
    private static byte[] text(int bytes) {
        CRC32 noise = new CRC32();
        StringBuilder text = new StringBuilder(bytes + 20);
        for (int i = 0; text.length() < bytes; i++) {
            noise.update(i);
            text.append(noise.getValue() % 1000).append(" item item ");
        }
        return text.substring(0, bytes).getBytes(StandardCharsets.ISO_8859_1);
    }
}
