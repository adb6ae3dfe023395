package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.ChildSignal;

/**
 * Other tools say of the same server what we say (M33). Each tool has a server of its own that draws the same times, and is
 * held against what that server's ledger saw of it. Tools that keep no rate go as fast as four connections let them.
 */
@Tag("nightly")
class SecondOpinionTest {
    private static final int RATE = 500;
    private static final int SECONDS = 10;
    private static final int ROUNDS = 3;
    /** Of ours only: the others are native programs, and a JVM that just started is slow on its own account. */
    private static final int WARM_UP_SECONDS = 3;

    private static final int OUR_USERS = RATE * (WARM_UP_SECONDS + SECONDS);
    private static final Duration LONGEST = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    /** What a tool told of one run, beside what the ledger of the server saw. Milliseconds, and requests per second. */
    private record Opinion(double p50, double p99, double rate, double truth50, double truth99, double truthRate) {}

    /** A tool: its command for a URL, and how it tells p50, p99 and the rate. */
    private interface Tool {
        double[] run(String url) throws Exception;
    }

    /** A steady rate from users who share connections, as those of the other tools do. */
    static final class Steady extends Simulation {
        {
            setUp(scenario("steady")
                            .exec(http("get").get(Trial.text("url")))
                            .injectOpen(constantUsersPerSec(RATE).during(WARM_UP_SECONDS + SECONDS)))
                    .protocols(http.shareConnections())
                    .warmUp(WARM_UP_SECONDS)
                    .seed(1);
        }
    }

    @Test
    void otherToolsAgree() throws Exception {
        Map<String, Tool> tools = new LinkedHashMap<>();
        tools.put("onrush", this::onrush);
        tools.put("hey -q", this::hey);
        tools.put("h2load --h1 --rps", this::h2load);
        tools.put("wrk", this::wrk);
        tools.keySet().removeIf(name -> !name.equals("onrush") && !isInstalled(name.split(" ", 2)[0]));
        assumeTrue(tools.size() > 1, "none of hey, h2load, wrk is installed");

        Map<String, List<Opinion>> opinions = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Tool> tool : tools.entrySet()) {
                opinions.computeIfAbsent(tool.getKey(), name -> new ArrayList<>())
                        .add(ask(tool.getValue(), tool.getKey().equals("onrush") ? WARM_UP_SECONDS : 0));
            }
        }

        Figures.print("M33", "%-18s %22s %22s %18s", "told / ledger", "p50", "p99", "rate");
        Map<String, Spread> p50 = new LinkedHashMap<>();
        Map<String, Spread> p99 = new LinkedHashMap<>();
        opinions.forEach((name, all) -> {
            p50.put(
                    name,
                    Spread.of(all.stream()
                            .mapToDouble(each -> each.p50 / each.truth50)
                            .toArray()));
            p99.put(
                    name,
                    Spread.of(all.stream()
                            .mapToDouble(each -> each.p99 / each.truth99)
                            .toArray()));
            Spread rate = Spread.of(
                    all.stream().mapToDouble(each -> each.rate / each.truthRate).toArray());
            Opinion last = all.get(all.size() - 1);
            Figures.print(
                    "M33",
                    "%-18s %s %s %s   last: %.2f / %.2f ms, %.2f / %.2f ms, %.1f / %.1f per s",
                    name,
                    p50.get(name),
                    p99.get(name),
                    rate,
                    last.p50,
                    last.truth50,
                    last.p99,
                    last.truth99,
                    last.rate,
                    last.truthRate);
            assertThat(rate.middle).as("rate of " + name + " beside its ledger").isBetween(0.97, 1.03);
        });
        for (String name : opinions.keySet()) {
            agree("p50", name, p50);
            agree("p99", name, p99);
        }
    }

    /** Ours is not further from another tool's than the rounds of both are spread, and five percent. */
    private static void agree(String figure, String name, Map<String, Spread> all) {
        Spread ours = all.getOrDefault("onrush", Spread.of(1));
        Spread theirs = all.getOrDefault(name, Spread.of(1));
        assertThat(Math.abs(ours.middle - theirs.middle))
                .as("%s of onrush %s beside that of %s %s", figure, ours, name, theirs)
                .isLessThanOrEqualTo(ours.half + theirs.half + 0.05);
    }

    /** Rounds of one figure: the middle of the extremes, and how far they are from it. */
    private record Spread(double middle, double half) {
        static Spread of(double... values) {
            double min = Figures.percentile(values, 0);
            double max = Figures.percentile(values, 100);
            return new Spread((min + max) / 2, (max - min) / 2);
        }

        @Override
        public String toString() {
            return String.format(java.util.Locale.ROOT, "%.3f +- %.3f", middle, half);
        }
    }

    /** @param warmUpSeconds what comes so soon is in no figure of the tool, and so in none of the ledger */
    private Opinion ask(Tool tool, int warmUpSeconds) throws Exception {
        Path ledger = Files.createTempFile(folder, "ledger", ".csv");
        try (ChildRun server = ChildRun.of("dev.onrush.testkit.TruthServer")
                .jvm("-Xmx256m")
                .arguments("--time-lognormal", "5,0.5", "--seed", "7", "--ledger", ledger.toString())
                .start()) {
            int port = Integer.parseInt(server.awaitLine("^\\d+$", LONGEST));
            double[] told = tool.run("http://127.0.0.1:" + port + "/");
            server.signal(ChildSignal.TERM);
            server.await(LONGEST);
            List<long[]> all = Files.readAllLines(ledger).stream()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .filter(cells -> cells[6].equals("200"))
                    .map(cells -> new long[] {Long.parseLong(cells[0]), Long.parseLong(cells[7])})
                    .toList();
            long from = all.stream().mapToLong(row -> row[0]).min().orElseThrow() + warmUpSeconds * 1_000_000_000L;
            List<long[]> answered = all.stream().filter(row -> row[0] >= from).toList();
            double[] times = answered.stream()
                    .mapToDouble(row -> (row[1] - row[0]) / 1e6)
                    .toArray();
            long first = answered.stream().mapToLong(row -> row[0]).min().orElseThrow();
            long last = answered.stream().mapToLong(row -> row[1]).max().orElseThrow();
            return new Opinion(
                    told[0],
                    told[1],
                    told[2],
                    Figures.percentile(times, 50),
                    Figures.percentile(times, 99),
                    times.length / ((last - first) / 1e9));
        }
    }

    private double[] onrush(String url) throws Exception {
        Path results = Files.createTempDirectory(folder, "run");
        Trial trial = Trial.of(Steady.class, results).with("url", url);
        try (ChildRun child = trial.child("-Xmx256m").start()) {
            TrialRun run = trial.after(child.await(LONGEST));
            Invariants.hold(run)
                    .scheduled(OUR_USERS)
                    .due("get", RATE * SECONDS)
                    .open()
                    .ended(Duration.ofSeconds(WARM_UP_SECONDS + SECONDS), 0);
            return new double[] {
                run.figure("/total/serviceTime/p50"),
                run.figure("/total/serviceTime/p99"),
                run.figure("/total/throughput")
            };
        }
    }

    private double[] hey(String url) throws Exception {
        String said = said("hey", "-c", "10", "-q", "" + RATE / 10, "-z", SECONDS + "s", url);
        return new double[] {
            1000 * number(said, "50%+ in ([0-9.]+) secs"),
            1000 * number(said, "99%+ in ([0-9.]+) secs"),
            number(said, "Requests/sec:\\s+([0-9.]+)")
        };
    }

    private double[] h2load(String url) throws Exception {
        Path log = Files.createTempFile(folder, "h2load", ".log");
        Files.delete(log);
        String said = said(
                "h2load",
                "--h1",
                "-c",
                "10",
                "-n",
                "" + RATE * SECONDS,
                "--rps",
                "" + RATE / 10,
                "--log-file",
                log.toString(),
                url);
        double[] millis = Files.readAllLines(log).stream()
                .map(line -> line.split("\\t", -1))
                .filter(cells -> cells[1].equals("200"))
                .mapToDouble(cells -> Double.parseDouble(cells[2]) / 1e3)
                .toArray();
        return new double[] {
            Figures.percentile(millis, 50), Figures.percentile(millis, 99), number(said, "([0-9.]+) req/s")
        };
    }

    private double[] wrk(String url) throws Exception {
        String said = said("wrk", "-t", "1", "-c", "4", "-d", SECONDS + "s", "--latency", url);
        return new double[] {
            millis(said, "50%\\s+([0-9.]+)(us|ms|s)"),
            millis(said, "99%\\s+([0-9.]+)(us|ms|s)"),
            number(said, "Requests/sec:\\s+([0-9.]+)")
        };
    }

    private static double millis(String text, String regex) {
        Matcher found = found(text, regex);
        double value = Double.parseDouble(found.group(1));
        return switch (found.group(2)) {
            case "us" -> value / 1000;
            case "ms" -> value;
            default -> value * 1000;
        };
    }

    private static double number(String text, String regex) {
        return Double.parseDouble(found(text, regex).group(1));
    }

    private static Matcher found(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        assertThat(matcher.find()).as(regex + " in\n" + text).isTrue();
        return matcher;
    }

    private static String said(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + said)
                .isZero();
        return said;
    }

    private static boolean isInstalled(String program) {
        return List.of("/usr/bin", "/usr/local/bin").stream()
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, program)));
    }
}
