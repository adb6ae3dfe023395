package dev.onrush.http;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.Require;
import dev.onrush.core.check.MultipleFinder;
import dev.onrush.core.check.RegexFinder;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.dsl.ActionBuilder;
import dev.onrush.dsl.Body;
import dev.onrush.dsl.Bridge;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.dsl.CoreDsl;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.HttpCheckBuilders;
import dev.onrush.http.internal.request.ConcurrentRequests;
import dev.onrush.http.internal.request.CookieStep;
import dev.onrush.http.internal.request.HeaderFinder;
import dev.onrush.http.internal.request.HttpDefinition;
import dev.onrush.http.internal.request.LocationFinder;
import dev.onrush.http.internal.request.PartDefinition;

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

    /** A request that is recorded under this name; a blank one stands in the report as {@code (unnamed)}. */
    public static Http http(String name) {
        boolean isBlank = Require.notNull("http: name", name).isBlank();
        return new Http(Words.text("http: name", isBlank ? "(unnamed)" : name));
    }

    public static Http http(Function<Session, ? extends String> name) {
        return new Http(Words.function("http: name", name));
    }

    /** The status code. */
    public static CheckBuilder.Find<Integer> status() {
        return HttpCheckBuilders.status();
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

    // ---- more checks

    private static CheckBuilder.CaptureGroupCheckBuilder matches(
            MultipleFinder<String> texts, Expression<String> pattern) {
        RegexFinder<String> finder = RegexFinder.in(texts, pattern);
        return Bridge.captureGroups(finder, finder::groups);
    }

    private static HeaderFinder headers(String name) {
        return new HeaderFinder(ExpressionCompiler.text(Require.notNull("headerRegex: name", name)));
    }

    private static HeaderFinder headers(Function<Session, ? extends CharSequence> name) {
        Expression<CharSequence> evaluated = Words.function("headerRegex: name", name);
        return new HeaderFinder(evaluated);
    }

    /** Matches of that pattern in the values of a header: the group if there is one, else the whole match. */
    public static CheckBuilder.CaptureGroupCheckBuilder headerRegex(CharSequence name, String pattern) {
        return headerRegex(Require.notNull("headerRegex: name", name).toString(), pattern);
    }

    public static CheckBuilder.CaptureGroupCheckBuilder headerRegex(
            CharSequence name, Function<Session, ? extends String> pattern) {
        return headerRegex(Require.notNull("headerRegex: name", name).toString(), pattern);
    }

    public static CheckBuilder.CaptureGroupCheckBuilder headerRegex(String name, String pattern) {
        return matches(headers(name), Words.text("headerRegex: pattern", pattern));
    }

    public static CheckBuilder.CaptureGroupCheckBuilder headerRegex(
            String name, Function<Session, ? extends String> pattern) {
        return matches(headers(name), Words.function("headerRegex: pattern", pattern));
    }

    public static CheckBuilder.CaptureGroupCheckBuilder headerRegex(
            Function<Session, ? extends CharSequence> name, String pattern) {
        return matches(headers(name), Words.text("headerRegex: pattern", pattern));
    }

    public static CheckBuilder.CaptureGroupCheckBuilder headerRegex(
            Function<Session, ? extends CharSequence> name, Function<Session, ? extends String> pattern) {
        return matches(headers(name), Words.function("headerRegex: pattern", pattern));
    }

    /** The URL that answered: after redirects, that of the last hop. */
    public static CheckBuilder.Find<String> currentLocation() {
        return Bridge.find(new LocationFinder());
    }

    /** Matches of that pattern in the URL that answered: the group if there is one, else the whole match. */
    public static CheckBuilder.CaptureGroupCheckBuilder currentLocationRegex(String pattern) {
        return matches(MultipleFinder.just(new LocationFinder()), Words.text("currentLocationRegex: pattern", pattern));
    }

    public static CheckBuilder.CaptureGroupCheckBuilder currentLocationRegex(
            Function<Session, ? extends String> pattern) {
        return matches(
                MultipleFinder.just(new LocationFinder()), Words.function("currentLocationRegex: pattern", pattern));
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

    // ---- cache

    /** Drops what the user's cache remembers, permanent redirects, too. */
    public static ActionBuilder flushHttpCache() {
        return step("flushHttpCache", new CookieStep.FlushCache());
    }

    // ---- requests side by side

    /** Sent side by side, at most {@code maxConnectionsPerHost} to one host; the next step waits for all. */
    public static ActionBuilder httpConcurrentRequests(HttpRequestActionBuilder... requests) {
        return httpConcurrentRequests(Arrays.asList(Require.notNull("httpConcurrentRequests", requests)));
    }

    public static ActionBuilder httpConcurrentRequests(List<HttpRequestActionBuilder> requests) {
        ConcurrentRequests step = new ConcurrentRequests(
                Words.requests("httpConcurrentRequests", requests), CallSite.of("httpConcurrentRequests"));
        return () -> step;
    }

    // ---- again and again

    /** Begins a sentence about requests that the user sends again and again beside its scenario. */
    public static Polling poll() {
        return Polling.UNNAMED;
    }

    // ---- body parts

    /** A part of text with expressions. */
    public static BodyPart StringBodyPart(String text) {
        return part(null, CoreDsl.StringBody(text));
    }

    public static BodyPart StringBodyPart(Function<Session, ? extends String> text) {
        return part(null, CoreDsl.StringBody(text));
    }

    public static BodyPart StringBodyPart(String name, String text) {
        return part(Words.text("StringBodyPart: name", name), CoreDsl.StringBody(text));
    }

    public static BodyPart StringBodyPart(String name, Function<Session, ? extends String> text) {
        return part(Words.text("StringBodyPart: name", name), CoreDsl.StringBody(text));
    }

    public static BodyPart StringBodyPart(Function<Session, ? extends String> name, String text) {
        return part(Words.function("StringBodyPart: name", name), CoreDsl.StringBody(text));
    }

    public static BodyPart StringBodyPart(
            Function<Session, ? extends String> name, Function<Session, ? extends String> text) {
        return part(Words.function("StringBodyPart: name", name), CoreDsl.StringBody(text));
    }

    /** The text of a file, with expressions. The path is a class path resource, else a file. */
    public static BodyPart ElFileBodyPart(String path) {
        return part(null, CoreDsl.ElFileBody(path));
    }

    public static BodyPart ElFileBodyPart(Function<Session, ? extends String> path) {
        return part(null, CoreDsl.ElFileBody(path));
    }

    public static BodyPart ElFileBodyPart(String name, String path) {
        return part(Words.text("ElFileBodyPart: name", name), CoreDsl.ElFileBody(path));
    }

    public static BodyPart ElFileBodyPart(String name, Function<Session, ? extends String> path) {
        return part(Words.text("ElFileBodyPart: name", name), CoreDsl.ElFileBody(path));
    }

    public static BodyPart ElFileBodyPart(Function<Session, ? extends String> name, String path) {
        return part(Words.function("ElFileBodyPart: name", name), CoreDsl.ElFileBody(path));
    }

    public static BodyPart ElFileBodyPart(
            Function<Session, ? extends String> name, Function<Session, ? extends String> path) {
        return part(Words.function("ElFileBodyPart: name", name), CoreDsl.ElFileBody(path));
    }

    /** The bytes of a file, as they are, with its name and the type its name tells. */
    public static BodyPart RawFileBodyPart(String path) {
        return file(null, CoreDsl.RawFileBody(path), Words.text("RawFileBodyPart: path", path));
    }

    public static BodyPart RawFileBodyPart(Function<Session, ? extends String> path) {
        return file(null, CoreDsl.RawFileBody(path), Words.function("RawFileBodyPart: path", path));
    }

    public static BodyPart RawFileBodyPart(String name, String path) {
        return file(
                Words.text("RawFileBodyPart: name", name),
                CoreDsl.RawFileBody(path),
                Words.text("RawFileBodyPart: path", path));
    }

    public static BodyPart RawFileBodyPart(String name, Function<Session, ? extends String> path) {
        return file(
                Words.text("RawFileBodyPart: name", name),
                CoreDsl.RawFileBody(path),
                Words.function("RawFileBodyPart: path", path));
    }

    public static BodyPart RawFileBodyPart(Function<Session, ? extends String> name, String path) {
        return file(
                Words.function("RawFileBodyPart: name", name),
                CoreDsl.RawFileBody(path),
                Words.text("RawFileBodyPart: path", path));
    }

    public static BodyPart RawFileBodyPart(
            Function<Session, ? extends String> name, Function<Session, ? extends String> path) {
        return file(
                Words.function("RawFileBodyPart: name", name),
                CoreDsl.RawFileBody(path),
                Words.function("RawFileBodyPart: path", path));
    }

    /** A file that is a FreeMarker template, filled in. */
    public static BodyPart FreemarkerFileBodyPart(String path) {
        return part(null, CoreDsl.FreemarkerFileBody(path));
    }

    public static BodyPart FreemarkerFileBodyPart(Function<Session, ? extends String> path) {
        return part(null, CoreDsl.FreemarkerFileBody(path));
    }

    public static BodyPart FreemarkerFileBodyPart(String name, String path) {
        return part(Words.text("FreemarkerFileBodyPart: name", name), CoreDsl.FreemarkerFileBody(path));
    }

    public static BodyPart FreemarkerFileBodyPart(String name, Function<Session, ? extends String> path) {
        return part(Words.text("FreemarkerFileBodyPart: name", name), CoreDsl.FreemarkerFileBody(path));
    }

    public static BodyPart FreemarkerFileBodyPart(Function<Session, ? extends String> name, String path) {
        return part(Words.function("FreemarkerFileBodyPart: name", name), CoreDsl.FreemarkerFileBody(path));
    }

    public static BodyPart FreemarkerFileBodyPart(
            Function<Session, ? extends String> name, Function<Session, ? extends String> path) {
        return part(Words.function("FreemarkerFileBodyPart: name", name), CoreDsl.FreemarkerFileBody(path));
    }

    /** A FreeMarker template, filled in. */
    public static BodyPart FreemarkerStringBodyPart(String template) {
        return part(null, CoreDsl.FreemarkerStringBody(template));
    }

    public static BodyPart FreemarkerStringBodyPart(String name, String template) {
        return part(Words.text("FreemarkerStringBodyPart: name", name), CoreDsl.FreemarkerStringBody(template));
    }

    public static BodyPart FreemarkerStringBodyPart(Function<Session, ? extends String> name, String template) {
        return part(Words.function("FreemarkerStringBodyPart: name", name), CoreDsl.FreemarkerStringBody(template));
    }

    /** A part of bytes. */
    public static BodyPart ByteArrayBodyPart(String name, byte[] bytes) {
        return part(Words.text("ByteArrayBodyPart: name", name), CoreDsl.ByteArrayBody(bytes));
    }

    public static BodyPart ByteArrayBodyPart(String name, String bytes) {
        return part(Words.text("ByteArrayBodyPart: name", name), CoreDsl.ByteArrayBody(bytes));
    }

    public static BodyPart ByteArrayBodyPart(String name, Function<Session, ? extends byte[]> bytes) {
        return part(Words.text("ByteArrayBodyPart: name", name), CoreDsl.ByteArrayBody(bytes));
    }

    public static BodyPart ByteArrayBodyPart(Function<Session, ? extends String> name, byte[] bytes) {
        return part(Words.function("ByteArrayBodyPart: name", name), CoreDsl.ByteArrayBody(bytes));
    }

    public static BodyPart ByteArrayBodyPart(Function<Session, ? extends String> name, String bytes) {
        return part(Words.function("ByteArrayBodyPart: name", name), CoreDsl.ByteArrayBody(bytes));
    }

    public static BodyPart ByteArrayBodyPart(
            Function<Session, ? extends String> name, Function<Session, ? extends byte[]> bytes) {
        return part(Words.function("ByteArrayBodyPart: name", name), CoreDsl.ByteArrayBody(bytes));
    }

    private static BodyPart part(@Nullable Expression<String> name, Body body) {
        return new BodyPart(PartDefinition.of(name, body));
    }

    static BodyPart file(@Nullable Expression<String> name, Body body, Expression<String> path) {
        return new BodyPart(PartDefinition.of(name, body).with(facts -> facts.path = path));
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
