package dev.onrush.http;

import java.util.function.Function;

import dev.onrush.core.CallSite;
import dev.onrush.core.Require;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.dsl.ActionBuilder;
import dev.onrush.dsl.Bridge;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.request.CookieStep;
import dev.onrush.http.internal.request.HeaderFinder;
import dev.onrush.http.internal.request.HttpDefinition;
import dev.onrush.http.internal.request.StatusFinder;

/**
 * The words of HTTP; import them statically.
 *
 * <pre>{@code
 * HttpProtocolBuilder shop = http.baseUrl("https://shop.test");
 * ChainBuilder home = exec(http("home").get("/").check(status().is(200)));
 * }</pre>
 */
public final class HttpDsl {
    /** A protocol with everything at its default. */
    public static final HttpProtocolBuilder http = new HttpProtocolBuilder(HttpDefinition.DEFAULT);

    private HttpDsl() {}

    /** A request that is recorded under this name. */
    public static Http http(String name) {
        return new Http(Words.text("http: name", Require.notBlank("http: name", name)));
    }

    public static Http http(Function<Session, ? extends String> name) {
        return new Http(Words.function("http: name", name));
    }

    /** The status code. */
    public static CheckBuilder.Find<Integer> status() {
        return Bridge.find(new StatusFinder());
    }

    /** Values of a header of the response, letter case of its name ignored. */
    public static CheckBuilder.MultipleFind<String> header(CharSequence name) {
        return header(Require.notNull("header: name", name).toString());
    }

    public static CheckBuilder.MultipleFind<String> header(String name) {
        return Bridge.multipleFind(new HeaderFinder(ExpressionCompiler.text(Require.notNull("header: name", name))));
    }

    public static CheckBuilder.MultipleFind<String> header(Function<Session, ? extends CharSequence> name) {
        Expression<CharSequence> evaluated = Words.function("header: name", name);
        return Bridge.multipleFind(new HeaderFinder(evaluated));
    }

    /** A cookie for {@link #addCookie}. */
    public static AddCookie Cookie(String name, String value) {
        return new AddCookie(Words.text("Cookie: name", name), Words.text("Cookie: value", value));
    }

    public static AddCookie Cookie(String name, Function<Session, ? extends String> value) {
        return new AddCookie(Words.text("Cookie: name", name), Words.function("Cookie: value", value));
    }

    public static AddCookie Cookie(Function<Session, ? extends String> name, String value) {
        return new AddCookie(Words.function("Cookie: name", name), Words.text("Cookie: value", value));
    }

    public static AddCookie Cookie(
            Function<Session, ? extends String> name, Function<Session, ? extends String> value) {
        return new AddCookie(Words.function("Cookie: name", name), Words.function("Cookie: value", value));
    }

    /** A cookie for {@link #getCookieValue}. */
    public static GetCookie CookieKey(String name) {
        return new GetCookie(Words.text("CookieKey: name", name));
    }

    public static GetCookie CookieKey(Function<Session, ? extends String> name) {
        return new GetCookie(Words.function("CookieKey: name", name));
    }

    /** Puts a cookie into the user's jar. */
    public static ActionBuilder addCookie(AddCookie cookie) {
        return step("addCookie", Require.notNull("addCookie", cookie).act());
    }

    /** Saves a cookie's value; none or several is a step failure. */
    public static ActionBuilder getCookieValue(GetCookie key) {
        return step("getCookieValue", Require.notNull("getCookieValue", key).act());
    }

    /** Drops the user's cookies that have no age. */
    public static ActionBuilder flushSessionCookies() {
        return step("flushSessionCookies", new CookieStep.Flush(false));
    }

    /** Drops all cookies of the user. */
    public static ActionBuilder flushCookieJar() {
        return step("flushCookieJar", new CookieStep.Flush(true));
    }

    /** A proxy of HTTP in clear at this port; see {@link Proxy#socks5} and others. */
    public static Proxy Proxy(String host, int port) {
        return Proxy.of(host, port);
    }

    private static ActionBuilder step(String word, CookieStep.Act act) {
        CookieStep step = new CookieStep(word, act, CallSite.of(word));
        return () -> step;
    }
}
