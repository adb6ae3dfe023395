package dev.onrush.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;

/** Simulations written for Gatling compile and run once their packages are renamed, as docs/from-gatling.md says, and nothing else. */
@Timeout(60)
class ConversionTest {
    private static final Path PAGE = Path.of("..", "docs", "from-gatling.md");
    /** An expression of the command on that page. */
    private static final Pattern RENAMING = Pattern.compile("-e 's/(.+)/(.*)/g'");

    private static final List<String> SIMULATIONS = List.of("Converted", "Shop", "Login", "Api", "Nested", "Older");

    @TempDir
    static Path folder;

    private static URLClassLoader loader;

    @BeforeAll
    static void compile() throws IOException {
        Matcher renamings = RENAMING.matcher(Files.readString(PAGE));
        List<Path> files = new ArrayList<>();
        for (String name : SIMULATIONS) {
            String source;
            try (InputStream in = ConversionTest.class.getResourceAsStream("/words/" + name + ".java.txt")) {
                source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            renamings.reset();
            while (renamings.find()) {
                source =
                        // As sed does: line by line.
                        Pattern.compile(renamings.group(1), Pattern.MULTILINE)
                                .matcher(source)
                                .replaceAll(renamings.group(2).replace('\\', '$'));
            }
            assertThat(source).doesNotContain("gatling", "netty");
            files.add(Files.writeString(folder.resolve(name + ".java"), source));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter told = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean isFine = compiler.getTask(
                            told,
                            manager,
                            null,
                            List.of("-d", folder.toString(), "-proc:none", "--release", "17"),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(isFine).as(told.toString()).isTrue();
        }
        loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, ConversionTest.class.getClassLoader());
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    @AfterEach
    void clear() {
        List.of("words.url", "words.hooks", "words.nested").forEach(System::clearProperty);
    }

    private static Trial run(String name, Target target) throws ClassNotFoundException {
        System.setProperty("words.url", target.url());
        Trial trial = Trial.of(loader.loadClass("shop." + name).asSubclass(Simulation.class));
        assertThat(trial.result.problems()).isEmpty();
        assertThat(trial.stepFailures).isEmpty();
        assertThat(trial.result.assertions())
                .allSatisfy(assertion ->
                        assertThat(assertion.passed()).as(assertion.toString()).isTrue());
        return trial;
    }

    private static Target answering(Function<TruthRequest, TruthResponse> answer) {
        return Target.answering(answer);
    }

    @Test
    void aRenamedSimulationRuns() throws Exception {
        try (Target target = answering(request -> TruthResponse.json("{\"token\":\"t1\"}"))) {
            Trial trial = run("Converted", target);

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.result.exitCode()).isZero();
            assertThat(trial.result.assertions()).hasSize(6);
            assertThat(target.lines())
                    .contains("POST /login", "GET /items/a1?price=10", "PUT /cart", "GET /last")
                    .hasSize(10);
            assertThat(target.header("User-Agent")).containsOnly("words");
            assertThat(target.bodies()).contains("user=u1", "user=u2");
        }
    }

    @Test
    void aShopWithResourcesFeedersAThrottleAndAssertionsRuns() throws Exception {
        try (Target target = answering(request -> switch (request.path()) {
            case "/" ->
                TruthResponse.ok("<h1>Shop</h1><a class='item' href='/a'>a</a>").header("Content-Type", "text/html");
            case "/search" -> TruthResponse.json("{\"total\":2,\"hits\":[{\"id\":7,\"name\":\"lamp\"},{\"id\":8}]}");
            case "/cart" -> TruthResponse.status(201).header("Location", "/carts/1");
            case "/carts/1" -> TruthResponse.ok("8 total=18");
            case "/pixel.gif" -> TruthResponse.status(404);
            default -> TruthResponse.ok("ok");
        })) {
            Trial trial = run("Shop", target);

            assertThat(trial.result.exitCode()).isZero();
            assertThat(target.targets())
                    .contains("/", "/style.css", "/app.js", "/pixel.gif", "/items/7", "/items/8", "/carts/1")
                    .anyMatch(each -> each.matches("/search\\?q=(a1|b2|c3)&page=0&sort=price"));
            assertThat(trial.paths())
                    .contains("Home", "js", "Search > Search", "Search > Item 0", "Search > Item 1", "Add", "Cart");
            assertThat(trial.statistics().generator().silentRequests())
                    .isEqualTo(trial.paths().stream()
                            .filter(path -> path.matches("css|pixel"))
                            .count())
                    .isPositive();
            assertThat(target.bodies()).contains("id=8&price=18&tag=a&tag=b");
            assertThat(target.came.stream()
                            .filter(request -> request.path().startsWith("/items/"))
                            .flatMap(request -> request.headers("X-Requested-With").stream()))
                    .containsOnly("XMLHttpRequest")
                    .hasSizeGreaterThan(6);
            assertThat(target.header("Referer")).containsOnly("-");
        }
    }

    @Test
    void aLoginWithCookiesTokensFormsAndUploadsRuns() throws Exception {
        try (Target target = answering(request -> switch (request.method() + " " + request.path()) {
            case "GET /login" ->
                TruthResponse.ok("<form id='login' action='/login'><input type='hidden' "
                                + "name=\"csrf\" value=\"abc\"><input name='user' value='nobody'></form>")
                        .header("Content-Type", "text/html")
                        .header("Set-Cookie", "SID=s" + request.connection() + "; Path=/; HttpOnly");
            case "POST /login" ->
                TruthResponse.status(302)
                        .header("Location", "/account?user=" + request.text().replaceAll(".*user=(\\w+).*", "$1"));
            case "GET /account" ->
                TruthResponse.ok("account of " + request.query().substring("user=".length()));
            default -> TruthResponse.ok("ok");
        })) {
            Trial trial = run("Login", target);

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.result.exitCode()).isZero();
            assertThat(trial.paths())
                    .contains("Form", "Login", "Login hop 1", "Avatar", "Note", "Changed", "Logout")
                    .hasSize(2 * 7);
            List<TruthRequest> logins = posted(target, "/login");
            assertThat(logins)
                    .extracting(TruthRequest::text)
                    .containsExactlyInAnyOrder("csrf=abc&user=u1&token=ABC", "csrf=abc&user=u2&token=ABC");
            assertThat(logins).allSatisfy(login -> {
                assertThat(login.header("X-Signature"))
                        .hasValueSatisfying(value -> assertThat(value).startsWith("/login"));
                assertThat(login.header("Authorization")).contains("Basic c2hvcDpzM2NyZXQ=");
                assertThat(login.header("Cookie"))
                        .hasValueSatisfying(value -> assertThat(value).contains("theme=dark", "SID=s"));
            });
            assertThat(posted(target, "/avatar")).allSatisfy(avatar -> {
                assertThat(avatar.header("Content-Type"))
                        .hasValueSatisfying(value -> assertThat(value).startsWith("multipart/form-data; boundary="));
                assertThat(avatar.text())
                        .contains("name=\"kind\"", "png", "name=\"file\"; filename=\"items.csv\"", "sku,price");
            });
            assertThat(posted(target, "/note"))
                    .extracting(TruthRequest::text)
                    .allSatisfy(note -> assertThat(note).contains("Hello u", "filename=\"raw.tsv\""));
            assertThat(target.came)
                    .filteredOn(request -> request.path().equals("/logout"))
                    .extracting(request -> request.header("Cookie").orElse("-"))
                    .containsOnly("theme=dark");
            assertThat(System.getProperty("words.hooks")).isEqualTo("before after");
        }
    }

    private static List<TruthRequest> posted(Target target, String path) {
        return target.came.stream()
                .filter(request ->
                        request.method().equals("POST") && request.path().equals(path))
                .toList();
    }

    @Test
    void anApiWithHelpersLoopsSwitchesAndAttemptsRuns() throws Exception {
        try (Target target = answering(request -> switch (request.path()) {
            case "/orders" -> TruthResponse.json(request.text().replace("}", ",\"note\":null}"));
            case "/state" -> TruthResponse.json("{\"done\":" + request.query().equals("turn=2") + "}");
            case "/flaky/0" -> TruthResponse.status(503);
            default -> TruthResponse.json("{}");
        })) {
            Trial trial = run("Api", target);

            assertThat(trial.result.exitCode()).isZero();
            assertThat(trial.failures()).hasSize(2).allMatch(failure -> failure.startsWith("flaky: check.failed"));
            assertThat(target.targets())
                    .contains("/flaky/1", "/polls/3", "/r/1", "/r/2", "/together")
                    .doesNotContain("/never")
                    .anyMatch(each -> each.matches("/orders/[-0-9a-f]{36}/sku1/3"));
            assertThat(target.targets().stream().filter("/paced"::equals).count())
                    .isBetween(4L, 8L);
            assertThat(target.header("Content-Type")).containsOnly("application/json");
            assertThat(trial.requests.stream()
                            .filter(request -> request.path().equals("together"))
                            .map(Trial.Request::intended)
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void everythingInsideEverythingElseRuns() throws Exception {
        try (Target target = answering(
                request -> request.path().equals("/ko") ? TruthResponse.status(500) : TruthResponse.ok("ok"))) {
            Trial trial = run("Nested", target);

            assertThat(trial.result.exitCode()).isZero();
            assertThat(trial.failures()).hasSize(1);
            assertThat(target.targets())
                    .startsWith(
                            "/leaf/0/1/0",
                            "/leaf/0/2/0",
                            "/leaf/0/2/0",
                            "/leaf/1/1/0",
                            "/leaf/1/2/0",
                            "/leaf/1/2/0",
                            "/ko",
                            "/try",
                            "/tried",
                            "/else")
                    .contains("/child", "/one", "/two")
                    .doesNotContain("/never");
            assertThat(trial.groups)
                    .extracting(Trial.Group::path)
                    .containsExactly("outer > turn 0", "outer > turn 1", "outer");
            assertThat(System.getProperty("words.nested")).isEqualTo("done[]deep");
            assertThat(target.came)
                    .filteredOn(request -> request.path().equals("/one"))
                    .extracting(request -> request.header("User-Agent").orElse("-"))
                    .containsOnly("late")
                    .hasSize(7);
        }
    }

    @Test
    void theWordsOfOlderVersionsRunUnderTheirOldNames() throws Exception {
        try (Target target = answering(request -> request.path().equals("/page")
                ? TruthResponse.status(200)
                        .header("Content-Type", "text/html")
                        .body("<img src='/own.png'><link rel='stylesheet' href='/own.css'>"
                                + "<img src='http://127.0.0.2:1/foreign.png'>")
                : TruthResponse.ok("ok"))) {
            Trial trial = run("Older", target);

            assertThat(trial.result.exitCode()).isZero();
            assertThat(target.targets())
                    .containsExactly("/page", "/own.png", "/chosen", "/sorted/10", "/refused", "/block", "/row/7");
            assertThat(trial.failures()).hasSize(1).allMatch(failure -> failure.startsWith("refused: check.failed"));
            assertThat(trial.marks).anyMatch(mark -> mark.contains("done by user 1"));
        }
    }
}
