package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;
import dev.onrush.testkit.TruthSetup;

/** Redirects that lead in circles, nowhere, or to where secrets must not go (T15, T16). A new one is a new line. */
@Timeout(60)
class RedirectFaultTest {
    private static final int USERS = 20;
    private static final int EACH = 10;
    private static final String SECRET = "canary-4711";

    @TempDir
    Path results;

    /**
     * @param path on the first server
     * @param errorClass of the last request, empty: OK
     * @param requests that come of one
     */
    private record Case(String row, String what, String path, String errorClass, int requests) {
        String name() {
            return row + " " + what;
        }
    }

    private static Case nowhere(String row, String location, String errorClass) {
        return new Case(row, "to " + location, "/to?" + location.replace(' ', '+'), errorClass, 1);
    }

    private static final List<Case> CASES = List.of(
            new Case("T15", "A to A", "/circle/1", "redirect.loop", 21),
            new Case("T15", "A to B to A", "/circle/2", "redirect.loop", 21),
            new Case("T15", "circle of 15", "/circle/15", "redirect.loop", 21),
            new Case("T15", "10000 hops", "/down/10000", "redirect.limit", 21),
            new Case("T15", "20 hops", "/down/20", "", 21),
            new Case("T15", "21 hops", "/down/21", "redirect.limit", 21),
            new Case("T15", "A to A with cookie", "/cookie/1", "", 2),
            new Case("T15", "A to A twice", "/cookie/2", "", 3),
            new Case("T16", "http to https to http", "/secure", "redirect.not_allowed", 2),
            new Case("T16", "other host", "/away", "", 2),
            new Case("T16", "other host and back", "/away-and-back", "", 3),
            nowhere("T16", "file:///etc/passwd", "redirect.scheme"),
            nowhere("T16", "javascript:alert(1)", "redirect.scheme"),
            nowhere("T16", "data:text/plain,x", "redirect.scheme"),
            nowhere("T16", "ftp://127.0.0.1/", "redirect.scheme"),
            new Case("T16", "to nothing", "/to?", "redirect.invalid", 1),
            new Case("T16", "to blanks", "/to?+++", "redirect.invalid", 1),
            nowhere("T16", "http://", "redirect.invalid"),
            nowhere("T16", "http:///path", "redirect.invalid"),
            nowhere("T16", "http://[::1", "redirect.invalid"),
            nowhere("T16", "http://127.0.0.1:99999/", "redirect.invalid"),
            nowhere("T16", "http://127.0.0.1:x/", "redirect.invalid"),
            nowhere("T16", "http://exa mple/", "redirect.invalid"));

    /** All cases at once, each asked with secrets. */
    static final class Redirected extends Simulation {
        {
            setUp(CASES.stream()
                            .map(each -> scenario(each.name())
                                    .repeat(EACH)
                                    .on(http(each.name())
                                            .get(Trial.text("url") + each.path())
                                            .header("Authorization", "Bearer " + SECRET)
                                            .header("Cookie", "own=" + SECRET))
                                    .injectOpen(rampUsers(USERS).during(Duration.ofSeconds(1))))
                            .toList())
                    .seed(1);
        }
    }

    @Test
    void eachRedirectEndsWithItsClassAndNoSecretLeavesHome() {
        AtomicLong leaked = new AtomicLong();
        AtomicLong broughtBack = new AtomicLong();
        TruthSetup stranger = TruthServer.setup().address("127.0.0.2");
        TruthSetup secure = TruthServer.setup().tls(TestCertificates.server(TestCertificates.Kind.VALID));
        List<TruthServer> servers = new ArrayList<>();
        try (TruthServer home = TruthServer.setup()
                .otherwise(request -> answer(request, servers, broughtBack))
                .start()) {
            servers.add(stranger.otherwise(request -> {
                        leaked.addAndGet(secrets(request));
                        return request.path().equals("/back") ? to(home.url("/back")) : TruthResponse.ok("there");
                    })
                    .start());
            servers.add(secure.otherwise(request -> {
                        leaked.addAndGet(secrets(request));
                        return to(home.url("/back"));
                    })
                    .start());

            TrialRun run = Trial.of(Redirected.class, results)
                    .with("url", home.url())
                    .trustingTestAuthority()
                    .run();

            long arrivals = home.ledger().arrivals()
                    + servers.stream()
                            .mapToLong(server -> server.ledger().arrivals())
                            .sum();
            assertThat(arrivals)
                    .as("I2")
                    .isEqualTo(run.log().requests.stream()
                            .filter(LogFacts.Request::left)
                            .count());
            Invariants.hold(run).scheduled((long) CASES.size() * USERS).open().ended(Duration.ofSeconds(10), 0);
            List<String> wrong = new ArrayList<>();
            CASES.forEach(each -> look(each, run.log().requests, wrong));
            Figures.print(
                    "T15",
                    "%d of %d redirects x %d end with their class, after their number of hops",
                    CASES.size() - wrong.size(),
                    CASES.size(),
                    USERS * EACH);
            Figures.print(
                    "T16",
                    "secrets at another authority %d, of %d requests there; the author's cookies back home %d",
                    leaked.get(),
                    servers.stream()
                            .mapToLong(server -> server.ledger().arrivals())
                            .sum(),
                    broughtBack.get());
            assertThat(wrong).isEmpty();
            assertThat(leaked).hasValue(0);
            assertThat(broughtBack).hasValue(USERS * EACH);
        } finally {
            servers.forEach(TruthServer::close);
        }
    }

    private static void look(Case each, List<LogFacts.Request> all, List<String> wrong) {
        List<LogFacts.Request> requests = all.stream()
                .filter(request ->
                        request.name().equals(each.name()) || request.name().startsWith(each.name() + " Redirect "))
                .toList();
        int asked = USERS * EACH;
        Map<String, Long> failures = requests.stream()
                .filter(LogFacts.Request::isKo)
                .collect(Collectors.groupingBy(LogFacts.Request::errorClass, Collectors.counting()));
        Map<String, Long> expected = each.errorClass().isEmpty() ? Map.of() : Map.of(each.errorClass(), (long) asked);
        if (requests.size() != asked * each.requests() || !failures.equals(expected)) {
            wrong.add(each.name() + ": expected " + asked * each.requests() + " requests and " + expected + ", were "
                    + requests.size() + " and " + failures);
        }
    }

    private static int secrets(TruthRequest request) {
        return (int) request.headerLines().stream()
                .filter(line -> line.contains(SECRET))
                .count();
    }

    private static TruthResponse to(String location) {
        return TruthResponse.status(302).header("Location", location);
    }

    private static TruthResponse answer(TruthRequest request, List<TruthServer> others, AtomicLong broughtBack) {
        String[] path = request.path().split("/");
        return switch (path[1]) {
            case "circle" -> circle(Integer.parseInt(path[2]), path.length > 3 ? Integer.parseInt(path[3]) : 0);
            case "down" ->
                path[2].equals("0") ? TruthResponse.ok("there") : to("/down/" + (Integer.parseInt(path[2]) - 1));
            case "cookie" -> cookie(request, Integer.parseInt(path[2]));
            case "secure" -> to(others.get(1).url("/up"));
            case "away" -> to(others.get(0).url("/there"));
            case "away-and-back" -> to(others.get(0).url("/back"));
            case "to" -> to(request.query().replace('+', ' '));
            default -> {
                if (secrets(request) > 0) {
                    broughtBack.incrementAndGet();
                }
                yield TruthResponse.ok("home");
            }
        };
    }

    private static TruthResponse circle(int length, int at) {
        int next = (at + 1) % length;
        return to("/circle/" + length + (next == 0 ? "" : "/" + next));
    }

    /** Leads to itself so many times, each with a cookie, and takes it away at the end. */
    private static TruthResponse cookie(TruthRequest request, int times) {
        int seen = request.headers("Cookie").stream()
                .flatMap(line -> List.of(line.split("; ")).stream())
                .filter(pair -> pair.startsWith("seen" + times + "="))
                .mapToInt(pair -> Integer.parseInt(pair.substring(pair.indexOf('=') + 1)))
                .findFirst()
                .orElse(0);
        return seen == times
                ? TruthResponse.ok("in").header("Set-Cookie", "seen" + times + "=0; Path=/; Max-Age=0")
                : to("/cookie/" + times).header("Set-Cookie", "seen" + times + "=" + (seen + 1) + "; Path=/");
    }
}
