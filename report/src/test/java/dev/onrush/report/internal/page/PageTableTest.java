package dev.onrush.report.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import dev.onrush.report.internal.html.PageBrowser;
import dev.onrush.report.internal.html.PageResource;
import dev.onrush.report.testing.Runs;

/** The table of requests in a real browser, and the page's scripts as the modules they are. */
@Tag("browser")
class PageTableTest {
    private static PageBrowser browser;

    @BeforeAll
    static void openBrowser() {
        browser = PageBrowser.shared();
    }

    @Test
    void filtersAndKeepsTheGroupsAbove() {
        browser.open("filter", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));
        WebElement filter = browser.find("#filter");

        filter.sendKeys("PICT");

        assertThat(browser.names()).containsExactly("All requests", "browse", "details", "picture");
        assertThat(browser.text("#found")).isEqualTo("1 of 10 shown");
        filter.clear();
        filter.sendKeys("login");
        assertThat(browser.names()).containsExactly("All requests", "login", "form", "submit");
        filter.clear();
        filter.sendKeys("<b>");
        assertThat(browser.names()).containsExactly("All requests");
        assertThat(browser.text("#found")).isEqualTo("0 of 10 shown");
    }

    @Test
    void collapsesByButtonAndByArrowKeys() {
        browser.open("collapse", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));

        browser.button("#fold", "Collapse all").click();
        assertThat(browser.names())
                .containsExactly("All requests", "home", "login", "browse", "basket", "checkout", "logout");

        browser.find("#requests .open[tabindex='0']").sendKeys(Keys.ARROW_DOWN);
        browser.driver.switchTo().activeElement().sendKeys(Keys.ARROW_DOWN);
        browser.driver.switchTo().activeElement().sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.names()).contains("form", "submit").doesNotContain("search");
        browser.driver.switchTo().activeElement().sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.driver.switchTo().activeElement().getText()).isEqualTo("form");
        browser.driver.switchTo().activeElement().sendKeys(Keys.ARROW_LEFT);
        browser.driver.switchTo().activeElement().sendKeys(Keys.ARROW_LEFT);
        assertThat(browser.names()).doesNotContain("form");
        assertThat(browser.all("#requests [aria-expanded=false]")).hasSize(2);

        browser.driver.switchTo().activeElement().sendKeys(Keys.ENTER);
        assertThat(browser.text("#requests .opened bdi")).isEqualTo("login");
        browser.button("#fold", "Expand all").click();
        assertThat(browser.names()).hasSize(14);
    }

    @Test
    void showsTheColumnsOneWants() {
        browser.open("columns", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));

        browser.button("#measure", "Both").click();
        assertThat(browser.cells("home")).hasSize(5 + 9 + 9);
        assertThat(
                        browser.strings(
                                "return Array.from(document.querySelectorAll('#requests .measures th')).map(e => e.textContent)"))
                .containsExactly("", "", "Response time", "Service time");
        browser.click("#columns summary");
        for (WebElement label : browser.all("#columns label")) {
            if (label.getText().strip().equals("p99")) {
                label.click();
            }
        }
        assertThat(browser.cells("home")).hasSize(5 + 8 + 8);
        browser.find("#columns label").sendKeys(Keys.ESCAPE);
        browser.button("#measure", "Service time").click();
        assertThat(browser.cells("home")).hasSize(5 + 8);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void staysQuickWithFiveThousandNames() {
        List<String> names =
                IntStream.range(0, 5000).mapToObj(i -> "GET /items/" + i).toList();
        browser.open("many", HtmlPage.of(Runs.named(names), Runs.passed()));

        assertThat(Long.parseLong(String.valueOf(browser.js("return document.documentElement.dataset.ready"))))
                .isLessThan(1500);
        assertThat(browser.names()).hasSize(200);
        assertThat(browser.text("#more")).contains("200 of 5\u202F001 lines", "Show 500 more", "Show all");
        long millis = (Long) browser.js("""
                const f = document.querySelector('#filter'); const begin = performance.now();
                f.value = '/items/49'; f.dispatchEvent(new Event('input')); document.body.offsetHeight;
                return Math.round(performance.now() - begin);
                """);
        assertThat(browser.text("#found")).isEqualTo("111 of 5\u202F000 shown");
        assertThat(browser.names()).hasSize(112);
        assertThat(millis).isLessThan(300);

        browser.js("const f = document.querySelector('#filter'); f.value = ''; f.dispatchEvent(new Event('input'))");
        browser.button("#more", "Show 500 more").click();
        assertThat(browser.names()).hasSize(700);
    }

    /** A page that is served, live or not, takes the modules as they are. */
    @Test
    void worksAsModulesFromAServerToo() throws Exception {
        String html = HtmlPage.of(Runs.realistic(), Runs.realisticOutcome());
        int from = html.lastIndexOf("<script type=\"module\">");
        String served = html.substring(0, from).replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
                + "<script type=\"module\" src=\"page/page.js\"></script></body></html>";
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            boolean script = path.endsWith(".js");
            byte[] body = (script ? PageResource.text(path.substring(1)) : served).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", script ? "text/javascript" : "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            } catch (IOException e) {
                // The browser has gone: nothing to tell it.
            }
        });
        server.start();
        try {
            browser.go("http://127.0.0.1:" + server.getAddress().getPort() + "/index.html");

            assertThat(browser.all("#charts canvas")).hasSizeGreaterThan(3);
            assertThat(browser.names()).hasSize(14);
            assertThat(browser.strings("return window.__errors")).isEmpty();
        } finally {
            server.stop(0);
        }
    }
}
