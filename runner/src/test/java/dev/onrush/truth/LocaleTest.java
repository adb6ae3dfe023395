package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.header;
import static dev.onrush.http.HttpDsl.http;
import static dev.onrush.http.HttpDsl.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildPlan;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.ClockShift;
import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** Wherever in the world a run is made, it sends the same, and its files say the same (M12, G39). */
@Tag("slow")
@Tag("beside")
class LocaleTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final List<String> FILES = List.of("index.html", "summary.json", "junit.xml");

    @TempDir
    Path results;

    /** A place in the world: a language with its digits and its i, and a time zone. */
    private record Place(String name, String zone, List<String> flags, String marks) {
        static final Place HERE = new Place("en", "UTC", List.of("-Duser.language=en", "-Duser.country=US"), "1.5 i");
        static final List<Place> ABROAD = List.of(
                new Place("tr", "Europe/Istanbul", List.of("-Duser.language=tr", "-Duser.country=TR"), "1,5 \u0131"),
                new Place(
                        "ar",
                        "Asia/Kathmandu",
                        List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.extensions=u-nu-arab"),
                        "\u0661\u066b\u0665 i"),
                new Place("fr", "America/St_Johns", List.of("-Duser.language=fr", "-Duser.country=FR"), "1,5 i"));

        ChildPlan in(ChildPlan plan) {
            return plan.jvm(flags.toArray(String[]::new))
                    .jvm("-Dfile.encoding=UTF-8", "-Xmx256m")
                    .environment("TZ", zone)
                    .environment("ONRUSH_IO_THREADS", "2");
        }
    }

    /** What a JVM makes of a number and of a capital I. */
    static String marks() {
        return String.format(Locale.getDefault(Locale.Category.FORMAT), "%.1f", 1.5) + " "
                + "I".toLowerCase(Locale.getDefault());
    }

    /** Whatever depends on a locale when somebody is careless: numbers into text and back, upper and lower case, dates. */
    static final class Worldly extends Simulation {
        {
            System.out.println("marks " + marks());
            setUp(scenario("INQUIRY I\u0307 \u0131")
                            .exec(session -> session.set("price", 1234567.5).set("count", 1000))
                            .repeat(5, "turn")
                            .on(group("LISTING")
                                    .on(exec(http("TITLE #{turn}")
                                                    .get(Trial.text("url") + "/items/#{count}?price=#{price}")
                                                    .queryParam("n", 1234567)
                                                    .header("IF-MODIFIED-SINCE", "#{randomInt(1000,9999999)}")
                                                    .header(
                                                            "X-I",
                                                            "#{randomDouble(1.5,2.5,3)} #{randomAlphanumeric(8)}")
                                                    .check(
                                                            status().is(200),
                                                            header("x-title").is("I"),
                                                            jsonPath("$.price")
                                                                    .ofDouble()
                                                                    .is(1234567.5)
                                                                    .saveAs("price"),
                                                            regex("ITEM (\\d+)").saveAs("item")))
                                            .exec(http("item")
                                                    .get(Trial.text("url") + "/item/#{item}")
                                                    .check(status().is(404)))))
                            .pause(Duration.ofMillis(5))
                            .exec(http("redirect").get(Trial.text("url") + "/redirect"))
                            .exec(http("KO I").get(Trial.text("url") + "/ko").check(status().is(201)))
                            .injectOpen(rampUsers(20).during(1)))
                    .assertions(
                            global().responseTime().max().lt(12345),
                            details("KO I").failedRequests().count().is(20L))
                    .seed(1);
        }
    }

    private final ConcurrentLinkedQueue<String> came = new ConcurrentLinkedQueue<>();

    private TruthResponse answer(TruthRequest request) {
        came.add(request.method() + " " + request.target() + " " + request.headerLines());
        return switch (request.path()) {
            case "/items/1000" ->
                TruthResponse.status(200)
                        .header("Content-Type", "APPLICATION/JSON; CHARSET=ISO-8859-1")
                        .header("X-TITLE", "I")
                        .header("CONNECTION", "KEEP-ALIVE")
                        .header("KEEP-ALIVE", "TIMEOUT=30")
                        .header("SET-COOKIE", "ID=I; EXPIRES=Wed, 21 Oct 2037 07:28:00 GMT; PATH=/ITEM; VERSION=1")
                        .header("SET-COOKIE", "title=i; expires=Wed, 21 Oct 2037 07:28:00 GMT; path=/item")
                        .body("{\"price\": 1234567.5, \"title\": \"ITEM 17\"}");
            case "/redirect" -> TruthResponse.status(302).header("LOCATION", "/item/I");
            case "/ko" -> TruthResponse.status(500);
            default -> TruthResponse.status(request.path().equals("/item/I") ? 200 : 404);
        };
    }

    @Test
    void aRunSendsAndSaysTheSameEverywhere() throws Exception {
        try (TruthServer server = TruthServer.setup().otherwise(this::answer).start()) {
            TrialRun here = run(server, Place.HERE);
            List<String> sentHere = taken();
            assertThat(sentHere).hasSize(20 * 13).anyMatch(line -> line.contains("title=i"));
            int differences = 0;
            for (Place place : Place.ABROAD) {
                TrialRun abroad = run(server, place);
                List<String> sent = taken();

                assertThat(sent).as("sent in " + place.name).isEqualTo(sentHere);
                assertThat(outcomes(abroad)).as("outcomes in " + place.name).isEqualTo(outcomes(here));
                assertThat(head(abroad)).as("head of the log in " + place.name).isEqualTo(head(here));
                differences += sent.equals(sentHere) ? 0 : 1;
            }
            Figures.print(
                    "G39",
                    "%d requests with all their headers, outcomes, head of the log, in tr, ar with its digits and fr: differences"
                            + " %d; files read back by I1 to I6, foreign digits in them 0",
                    sentHere.size(),
                    differences);

            int compared = reportsAreTheSame(here);
            Figures.print(
                    "M12",
                    "report of one log under Europe/Istanbul tr, Asia/Kathmandu ar, America/St_Johns fr: %d files, differing"
                            + " bytes 0",
                    compared);
        }
    }

    private TrialRun run(TruthServer server, Place place) throws Exception {
        Trial trial = Trial.of(Worldly.class, results.resolve(place.name)).with("url", server.url());
        try (ChildRun child = place.in(trial.child()).start()) {
            ChildResult result = child.await(LONGEST);
            assertThat(result.out()).contains("marks " + place.marks);
            TrialRun run = trial.after(result);
            Invariants.hold(run).scheduled(20).due("item", 100).open().ended(Duration.ofSeconds(3), 0);
            for (String file : FILES) {
                assertThat(Files.readString(run.folder().resolve(file)).chars())
                        .as("digits in " + file)
                        .noneMatch(c -> Character.isDigit(c) && c > '9');
            }
            assertThat(run.summary().at("/run/start").asString()).endsWith("Z");
            return run;
        }
    }

    private List<String> taken() {
        List<String> all = came.stream().sorted().toList();
        came.clear();
        return all;
    }

    private static List<String> outcomes(TrialRun run) {
        return run.log().requests.stream()
                .map(request ->
                        request.name() + " " + request.outcome() + " " + request.errorClass() + " " + request.status())
                .sorted()
                .toList();
    }

    private static Map<String, String> head(TrialRun run) {
        Map<String, String> values = new LinkedHashMap<>(run.log().header().values());
        values.remove("start");
        values.remove("clock");
        return values;
    }

    /** Makes the report of a run again everywhere, from its log. How many files were compared. */
    private int reportsAreTheSame(TrialRun run) throws Exception {
        List<ChildRun> children = new ArrayList<>();
        List<Path> copies = new ArrayList<>();
        try {
            for (Place place : Place.ABROAD) {
                Path copy = Files.createDirectories(results.resolve("again-" + place.name))
                        .resolve(run.folder().getFileName());
                Files.createDirectory(copy);
                for (String file : List.of("events.onrush", "summary.json")) {
                    Files.copy(run.folder().resolve(file), copy.resolve(file));
                }
                copies.add(copy);
                children.add(place.in(ChildRun.of("dev.onrush.Onrush").arguments("--report-only", copy.toString()))
                        .start());
            }
            for (ChildRun child : children) {
                ChildResult result = child.await(LONGEST);
                assertThat(result.exitCode()).as(result.toString()).isZero();
            }
        } finally {
            children.forEach(ChildRun::close);
        }
        int compared = 0;
        for (Path copy : copies) {
            for (String file : FILES) {
                assertThat(bytes(copy.resolve(file)))
                        .as("%s in %s", file, copy)
                        .isEqualTo(bytes(run.folder().resolve(file)));
                compared++;
            }
        }
        return compared;
    }

    private static String bytes(Path file) throws IOException {
        return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** A constant rate that begins two seconds before the clocks change. */
    static final class OverTheChange extends Simulation {
        {
            System.out.println("ready");
            Instant begin = Instant.parse(Trial.text("begin"));
            while (Instant.now().isBefore(begin) || Instant.now().isAfter(begin.plusSeconds(1800))) {
                LockSupport.parkNanos(10_000_000);
            }
            setUp(scenario("steady")
                            .exec(http("get").get(Trial.text("url")))
                            .injectOpen(constantUsersPerSec(50).during(4)))
                    .seed(1);
        }
    }

    @Test
    void aNightOnWhichClocksGoBackIsNoJump() throws Exception {
        overTheChange(Instant.parse("2026-10-25T01:00:00Z"));
    }

    @Test
    @Tag("nightly")
    void aNightOnWhichClocksGoForwardIsNoJump() throws Exception {
        overTheChange(Instant.parse("2026-03-29T01:00:00Z"));
    }

    private void overTheChange(Instant change) throws Exception {
        assumeTrue(ClockShift.isAvailable(), "libfaketime is needed to set a clock");
        Instant begin = change.minusSeconds(2);
        try (TruthServer server = TruthServer.start();
                ClockShift clock = ClockShift.none()) {
            Trial trial = Trial.of(OverTheChange.class, results)
                    .with("url", server.url("/"))
                    .with("begin", begin);
            ChildPlan plan = clock.in(trial.child("-Xmx256m")).environment("TZ", "Europe/Berlin");
            try (ChildRun child = plan.start()) {
                child.awaitLine("ready", LONGEST);
                clock.ahead(Duration.between(Instant.now(), begin));
                TrialRun run = trial.after(child.await(LONGEST));

                Invariants.hold(run)
                        .scheduled(200)
                        .due("get", 200)
                        .arrived(server.ledger())
                        .open()
                        .ended(Duration.ofSeconds(4), 0);
                Instant start = Instant.parse(run.summary().at("/run/start").asString());
                assertThat(start).isBetween(begin, change);
                assertThat(run.log().header().values())
                        .containsEntry("start", run.summary().at("/run/start").asString());
                assertThat(start.plusNanos(run.log().endNanos)).isAfter(change);
                assertThat(run.log().starts)
                        .allMatch(user -> user.intendedNanos() == (user.userId() - 1) * 20_000_000L);
                assertThat(run.count("/generator/clockJumps")).isZero();
                assertThat(run.reasons()).doesNotContain("clock");
                Figures.print(
                        "M12",
                        "clocks of Europe/Berlin change at %s: the run began %s and took %.3f s; users 200/200, jumps told 0",
                        change,
                        start,
                        run.log().endNanos / 1e9);
            }
        }
    }
}
