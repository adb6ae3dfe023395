package dev.onrush.dsl;

import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.onrush.core.CallSite;
import dev.onrush.core.DefinitionException;
import dev.onrush.core.DefinitionPhase;
import dev.onrush.core.Require;
import dev.onrush.core.assertion.AssertionPath;
import dev.onrush.core.check.BodyFactFinder;
import dev.onrush.core.check.CssFinder;
import dev.onrush.core.check.JmesPathFinder;
import dev.onrush.core.check.JmesPathFunctions;
import dev.onrush.core.check.JsonPathFinder;
import dev.onrush.core.check.JsonSource;
import dev.onrush.core.check.RegexFinder;
import dev.onrush.core.check.ResponseTimeFinder;
import dev.onrush.core.check.SubstringFinder;
import dev.onrush.core.check.WholeBodyFinder;
import dev.onrush.core.check.XPathFinder;
import dev.onrush.core.feeder.JsonRecords;
import dev.onrush.core.feeder.ListedRecords;
import dev.onrush.core.feeder.SeparatedValues;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;

/**
 * The words of the DSL; import them statically.
 *
 * <pre>{@code
 * import static dev.onrush.dsl.CoreDsl.*;
 *
 * public class Browse extends Simulation {
 *     ScenarioBuilder browse = scenario("browse").exec(session -> session.set("page", 1)).pause(1);
 *
 *     {
 *         setUp(browse.injectOpen(rampUsers(10).during(60)));
 *     }
 * }
 * }</pre>
 *
 * <p>The words that begin a chain are told at {@link StructureBuilder}.
 */
public final class CoreDsl {
    /** Which run this is, and which part of it this generator has. */
    public static final DeploymentInfo deploymentInfo = new DeploymentInfo();

    /** No wait. */
    public static final PauseType disabledPauses = PauseType.Disabled;

    /** A wait as declared. */
    public static final PauseType constantPauses = PauseType.Constant;

    /** A wait drawn from an exponential distribution with the declared mean. */
    public static final PauseType exponentialPauses = PauseType.Exponential;

    private CoreDsl() {}

    /** What one user does, under a name that is unique in the run. */
    public static ScenarioBuilder scenario(String name) {
        return new ScenarioBuilder(Require.notNull("scenario: name", name), CallSite.of("scenario"), List.of());
    }

    // ---- how pauses vary

    /** A wait drawn from a normal distribution around the declared value, never below 0. */
    public static PauseType normalPausesWithStdDevDuration(Duration standardDeviation) {
        return PauseType.normal(standardDeviation);
    }

    /** As {@link #normalPausesWithStdDevDuration} with so many percent of the declared value as standard deviation. */
    public static PauseType normalPausesWithPercentageDuration(double standardDeviationPercent) {
        return PauseType.normal(standardDeviationPercent);
    }

    /** A wait drawn uniformly around the declared value, never below 0. */
    public static PauseType uniformPausesPlusOrMinusDuration(Duration plusOrMinus) {
        return PauseType.uniform(plusOrMinus);
    }

    /** A wait drawn uniformly around the declared value, ± so many percent of it, never below 0. */
    public static PauseType uniformPausesPlusOrMinusPercentage(double plusOrMinusPercent) {
        return PauseType.uniform(plusOrMinusPercent);
    }

    /** A wait of so many milliseconds as the function says; the declared value is ignored. */
    public static PauseType customPauses(Function<Session, ? extends Long> milliseconds) {
        return PauseType.custom(milliseconds);
    }

    // ---- open injection

    /** Nobody starts for so many seconds. */
    public static OpenInjectionStep nothingFor(long seconds) {
        return nothingFor(Require.positiveSeconds("nothingFor: duration", seconds));
    }

    /** Nobody starts for that long. */
    public static OpenInjectionStep nothingFor(Duration duration) {
        return OpenInjectionStep.nothingFor(duration);
    }

    /** So many users start at one instant. */
    public static OpenInjectionStep atOnceUsers(int users) {
        return OpenInjectionStep.atOnceUsers(users);
    }

    /** So many users, evenly over a time. */
    public static OpenInjectionStep.Ramp rampUsers(int users) {
        return new OpenInjectionStep.Ramp(users);
    }

    /** Users keep arriving at one rate. */
    public static OpenInjectionStep.ConstantRate constantUsersPerSec(double rate) {
        return new OpenInjectionStep.ConstantRate(rate);
    }

    /** Users arrive at a rate that changes in a straight line. */
    public static OpenInjectionStep.RampRate rampUsersPerSec(double from) {
        return new OpenInjectionStep.RampRate(from);
    }

    /** Users arrive at levels of rate, each so much above the one before. */
    public static OpenInjectionStep.Stairs incrementUsersPerSec(double increment) {
        return new OpenInjectionStep.Stairs(increment);
    }

    /** So many users as a smoothed step: slow, quick in the middle, slow. */
    public static OpenInjectionStep.StressPeak stressPeakUsers(int users) {
        return new OpenInjectionStep.StressPeak(users);
    }

    // ---- closed injection

    /** So many users present all the time. */
    public static ClosedInjectionStep.Constant constantConcurrentUsers(int users) {
        return new ClosedInjectionStep.Constant(users);
    }

    /** The number of users present changes in a straight line. */
    public static ClosedInjectionStep.Ramp rampConcurrentUsers(int from) {
        return new ClosedInjectionStep.Ramp(from);
    }

    /** Levels of users present, each so many above the one before. */
    public static ClosedInjectionStep.Stairs incrementConcurrentUsers(int increment) {
        return new ClosedInjectionStep.Stairs(increment);
    }

    // ---- throttle

    /** The limit moves to so many requests per second, from 0 at first. */
    public static ThrottleStep.ReachIntermediate reachRps(int requestsPerSecond) {
        return new ThrottleStep.ReachIntermediate(requestsPerSecond);
    }

    /** The limit stays for so many seconds. */
    public static ThrottleStep holdFor(long seconds) {
        return holdFor(Require.positiveSeconds("holdFor: duration", seconds));
    }

    public static ThrottleStep holdFor(Duration duration) {
        return ThrottleStep.hold(duration);
    }

    /** The limit changes to so many requests per second at once. */
    public static ThrottleStep jumpToRps(int requestsPerSecond) {
        return ThrottleStep.jump(requestsPerSecond);
    }

    // ---- assertions

    /** All requests together. */
    public static Assertion.WithPath global() {
        return new Assertion.WithPath(new AssertionPath.Global());
    }

    /** Each request by itself; groups are left out. */
    public static Assertion.WithPath forAll() {
        return new Assertion.WithPath(new AssertionPath.ForAll());
    }

    /** A request or a group: names of groups, outermost first, then the request's. */
    public static Assertion.WithPath details(String... path) {
        return new Assertion.WithPath(new AssertionPath.Details(
                Arguments.all("details: name", Arrays.asList(Require.notNull("details: path", path)))));
    }

    // ---- switches

    /** A branch of {@code randomSwitch()}, taken in so many percent of the cases. */
    public static Choice.WithWeight.Then percent(double percent) {
        return new Choice.WithWeight.Then(percent);
    }

    /** A branch of {@code doSwitch(..)}, taken if the value equals that key. */
    public static Choice.WithKey.Then onCase(Object key) {
        return new Choice.WithKey.Then(key);
    }

    // ---- feeders

    /** Records of a file with a header line, separated by commas. The path is a class path resource, else a file. */
    public static FeederBuilder.Batchable<String> csv(String path) {
        return separatedValues(path, ',');
    }

    public static FeederBuilder.Batchable<String> csv(String path, char quote) {
        return separatedValues(path, ',', quote);
    }

    /** As {@link #csv(String)}, separated by semicolons. */
    public static FeederBuilder.Batchable<String> ssv(String path) {
        return separatedValues(path, ';');
    }

    public static FeederBuilder.Batchable<String> ssv(String path, char quote) {
        return separatedValues(path, ';', quote);
    }

    /** As {@link #csv(String)}, separated by tabs. */
    public static FeederBuilder.Batchable<String> tsv(String path) {
        return separatedValues(path, '\t');
    }

    public static FeederBuilder.Batchable<String> tsv(String path, char quote) {
        return separatedValues(path, '\t', quote);
    }

    /** As {@link #csv(String)}, with a separator of one's own. */
    public static FeederBuilder.Batchable<String> separatedValues(String path, char separator) {
        return separatedValues(path, separator, '"');
    }

    public static FeederBuilder.Batchable<String> separatedValues(String path, char separator, char quote) {
        return FeederBuilder.ofFile(new SeparatedValues(path, separator, quote));
    }

    /** Records of a JSON file: an array of objects. */
    public static FeederBuilder.Batchable<Object> jsonFile(String path) {
        return FeederBuilder.ofFile(JsonRecords.array(path));
    }

    /** Records of a file with one JSON object per line. */
    public static FeederBuilder.Batchable<Object> jsonlFile(String path) {
        return FeederBuilder.ofFile(JsonRecords.lines(path));
    }

    /** Records written down here. */
    public static FeederBuilder<Object> arrayFeeder(Map<String, Object>[] records) {
        return FeederBuilder.of(
                new ListedRecords("arrayFeeder", Arrays.asList(Require.notNull("arrayFeeder: records", records))));
    }

    /** Records written down here. */
    public static FeederBuilder<Object> listFeeder(List<Map<String, Object>> records) {
        return FeederBuilder.of(new ListedRecords("listFeeder", Require.notNull("listFeeder: records", records)));
    }

    // ---- more feeders

    /** The array of JSON objects a URL answers with, read once: now. */
    public static FeederBuilder<Object> jsonUrl(String url) {
        return FeederBuilder.of(JsonRecords.url(Require.notNull("jsonUrl", url)));
    }

    // ---- bodies

    /** Text with expressions. */
    public static Body.WithString StringBody(String text) {
        return Body.ofText(Arguments.text("StringBody: text", text));
    }

    public static Body.WithString StringBody(Function<Session, ? extends String> text) {
        return Body.ofText(Arguments.text("StringBody: text", text));
    }

    /** The text of a file, with expressions. The path is a class path resource, else a file. */
    public static Body.WithString ElFileBody(String path) {
        return Body.ofTemplateFile(Arguments.text("ElFileBody: path", path));
    }

    public static Body.WithString ElFileBody(Function<Session, ? extends String> path) {
        return Body.ofTemplateFile(Arguments.text("ElFileBody: path", path));
    }

    /** The bytes of a file, as they are. The path is a class path resource, else a file. */
    public static Body.WithBytes RawFileBody(String path) {
        return Body.ofRawFile(Arguments.text("RawFileBody: path", path));
    }

    public static Body.WithBytes RawFileBody(Function<Session, ? extends String> path) {
        return Body.ofRawFile(Arguments.text("RawFileBody: path", path));
    }

    /** Bytes as they are. */
    public static Body.WithBytes ByteArrayBody(byte[] bytes) {
        return Body.ofBytes(Expression.constant(
                Require.notNull("ByteArrayBody: bytes", bytes).clone()));
    }

    /** Bytes that an attribute holds, as {@code #{bytes}}. */
    public static Body.WithBytes ByteArrayBody(String bytes) {
        return Body.ofBytes(ExpressionCompiler.bytes(Require.notNull("ByteArrayBody: bytes", bytes)));
    }

    public static Body.WithBytes ByteArrayBody(Function<Session, ? extends byte[]> bytes) {
        return Body.ofBytes(Arguments.<byte[]>function("ByteArrayBody: bytes", bytes));
    }

    /** Read to its end, and closed, each time a request is made: it should not keep its reader waiting. */
    public static Body InputStreamBody(Function<Session, ? extends InputStream> stream) {
        return Body.ofStream(Arguments.<InputStream>function("InputStreamBody: stream", stream));
    }

    /** A FreeMarker template; attributes of the session are its variables, and nothing is escaped. */
    public static Body.WithString FreemarkerStringBody(String template) {
        return Body.ofFreemarkerText(Require.notNull("FreemarkerStringBody: template", template));
    }

    /** As {@link #FreemarkerStringBody}, from a file. The path is a class path resource, else a file. */
    public static Body.WithString FreemarkerFileBody(String path) {
        return Body.ofFreemarkerFile(Arguments.text("FreemarkerFileBody: path", path));
    }

    public static Body.WithString FreemarkerFileBody(Function<Session, ? extends String> path) {
        return Body.ofFreemarkerFile(Arguments.text("FreemarkerFileBody: path", path));
    }

    /** For {@code processRequestBody}: compresses a body and sets {@code Content-Encoding}, where not set already. */
    public static final Function<Body, Body.WithBytes> gzipBody =
            body -> Body.gzipped(Require.notNull("gzipBody: body", body));

    // ---- checks

    /** The whole body as text. */
    public static CheckBuilder.Find<String> bodyString() {
        return new CheckBuilder.Find<>(WholeBodyFinder.string());
    }

    /** Positions of that text in the body. */
    public static CheckBuilder.MultipleFind<Integer> substring(String text) {
        return new CheckBuilder.MultipleFind<>(new SubstringFinder(Arguments.text("substring", text)));
    }

    public static CheckBuilder.MultipleFind<Integer> substring(Function<Session, ? extends String> text) {
        return new CheckBuilder.MultipleFind<>(new SubstringFinder(Arguments.text("substring", text)));
    }

    /** Matches of that pattern in the body: the group if there is one, else the whole match. */
    public static CheckBuilder.CaptureGroupCheckBuilder regex(String pattern) {
        return new CheckBuilder.CaptureGroupCheckBuilder(RegexFinder.of(Arguments.text("regex", pattern)));
    }

    public static CheckBuilder.CaptureGroupCheckBuilder regex(Function<Session, ? extends String> pattern) {
        return new CheckBuilder.CaptureGroupCheckBuilder(RegexFinder.of(Arguments.text("regex", pattern)));
    }

    /** Values at that place of a JSON body; as text unless a type is named. */
    public static CheckBuilder.JsonOfTypeMultipleFind jsonPath(String path) {
        return new CheckBuilder.JsonOfTypeMultipleFind(JsonPathFinder.of(Arguments.text("jsonPath", path)));
    }

    public static CheckBuilder.JsonOfTypeMultipleFind jsonPath(Function<Session, ? extends String> path) {
        return new CheckBuilder.JsonOfTypeMultipleFind(JsonPathFinder.of(Arguments.text("jsonPath", path)));
    }

    /** End − intended start, in whole milliseconds. */
    public static CheckBuilder.Find<Integer> responseTimeInMillis() {
        return new CheckBuilder.Find<>(new ResponseTimeFinder());
    }

    // ---- more checks

    /** The body's bytes; not to be changed. */
    public static CheckBuilder.Find<byte[]> bodyBytes() {
        return new CheckBuilder.Find<>(WholeBodyFinder.bytes());
    }

    /** How many bytes the body has, for which it is not kept. */
    public static CheckBuilder.Find<Integer> bodyLength() {
        return new CheckBuilder.Find<>(BodyFactFinder.length());
    }

    /** The body as a stream that begins anew for each check. */
    public static CheckBuilder.Find<InputStream> bodyStream() {
        return new CheckBuilder.Find<>(WholeBodyFinder.stream());
    }

    /** The body's digest in lower-case hexadecimal digits, for which it is not kept. */
    public static CheckBuilder.Find<String> md5() {
        return new CheckBuilder.Find<>(BodyFactFinder.md5());
    }

    /** The body's digest in lower-case hexadecimal digits, for which it is not kept. */
    public static CheckBuilder.Find<String> sha1() {
        return new CheckBuilder.Find<>(BodyFactFinder.sha1());
    }

    /** Elements of an HTML body; the text of each unless {@code ofNode} is said. */
    public static CheckBuilder.CssOfTypeMultipleFind css(String selector) {
        return new CheckBuilder.CssOfTypeMultipleFind(CssFinder.texts(Arguments.text("css", selector)));
    }

    public static CheckBuilder.CssOfTypeMultipleFind css(Function<Session, ? extends String> selector) {
        return new CheckBuilder.CssOfTypeMultipleFind(CssFinder.texts(Arguments.text("css", selector)));
    }

    /** That attribute of elements of an HTML body. */
    public static CheckBuilder.CssOfTypeMultipleFind css(String selector, String attribute) {
        return new CheckBuilder.CssOfTypeMultipleFind(
                CssFinder.attributes(Arguments.text("css", selector), Require.notBlank("css: attribute", attribute)));
    }

    public static CheckBuilder.CssOfTypeMultipleFind css(
            Function<Session, ? extends String> selector, String attribute) {
        return new CheckBuilder.CssOfTypeMultipleFind(
                CssFinder.attributes(Arguments.text("css", selector), Require.notBlank("css: attribute", attribute)));
    }

    /**
     * What forms of an HTML body would send if nobody touched them, by name: a {@code String}, or a {@code List} of them where a name
     * has several values.
     */
    public static CheckBuilder.MultipleFind<Map<String, Object>> form(String cssSelector) {
        return new CheckBuilder.MultipleFind<>(CssFinder.forms(Arguments.text("form", cssSelector)));
    }

    public static CheckBuilder.MultipleFind<Map<String, Object>> form(Function<Session, ? extends String> cssSelector) {
        return new CheckBuilder.MultipleFind<>(CssFinder.forms(Arguments.text("form", cssSelector)));
    }

    /** The text of what an XPath 1.0 finds in an XML body, which must have no DOCTYPE. */
    public static CheckBuilder.MultipleFind<String> xpath(String path) {
        return xpath(path, Map.of());
    }

    public static CheckBuilder.MultipleFind<String> xpath(Function<Session, ? extends String> path) {
        return xpath(path, Map.of());
    }

    /** @param prefixToUri the namespaces that the path's prefixes stand for */
    public static CheckBuilder.MultipleFind<String> xpath(String path, Map<String, String> prefixToUri) {
        return new CheckBuilder.MultipleFind<>(
                XPathFinder.of(Arguments.text("xpath", path), Arguments.texts("xpath: prefixToUri", prefixToUri)));
    }

    public static CheckBuilder.MultipleFind<String> xpath(
            Function<Session, ? extends String> path, Map<String, String> prefixToUri) {
        return new CheckBuilder.MultipleFind<>(
                XPathFinder.of(Arguments.text("xpath", path), Arguments.texts("xpath: prefixToUri", prefixToUri)));
    }

    /** The value of a JMESPath in a JSON body; as text unless a type is named. JSON null is nothing found. */
    public static CheckBuilder.JsonOfTypeFind jmesPath(String path) {
        return new CheckBuilder.JsonOfTypeFind(
                JmesPathFinder.of(JsonSource.BODY, Arguments.text("jmesPath", path))::one);
    }

    public static CheckBuilder.JsonOfTypeFind jmesPath(Function<Session, ? extends String> path) {
        return new CheckBuilder.JsonOfTypeFind(
                JmesPathFinder.of(JsonSource.BODY, Arguments.text("jmesPath", path))::one);
    }

    /** As {@link #jsonPath(String)}, in a script that hands JSON to a function: {@code show({"n": 1});}. */
    public static CheckBuilder.JsonOfTypeMultipleFind jsonpJsonPath(String path) {
        return new CheckBuilder.JsonOfTypeMultipleFind(
                JsonPathFinder.of(JsonSource.JSONP, Arguments.text("jsonpJsonPath", path)));
    }

    public static CheckBuilder.JsonOfTypeMultipleFind jsonpJsonPath(Function<Session, ? extends String> path) {
        return new CheckBuilder.JsonOfTypeMultipleFind(
                JsonPathFinder.of(JsonSource.JSONP, Arguments.text("jsonpJsonPath", path)));
    }

    /** As {@link #jmesPath(String)}, in a script that hands JSON to a function: {@code show({"n": 1});}. */
    public static CheckBuilder.JsonOfTypeFind jsonpJmesPath(String path) {
        return new CheckBuilder.JsonOfTypeFind(
                JmesPathFinder.of(JsonSource.JSONP, Arguments.text("jsonpJmesPath", path))::one);
    }

    public static CheckBuilder.JsonOfTypeFind jsonpJmesPath(Function<Session, ? extends String> path) {
        return new CheckBuilder.JsonOfTypeFind(
                JmesPathFinder.of(JsonSource.JSONP, Arguments.text("jsonpJmesPath", path))::one);
    }

    /** Functions that the JMESPath expressions of this simulation may call. Once, in the simulation's constructor or an initialiser. */
    public static void registerJmesPathFunctions(JmesPathFunction... functions) {
        registerJmesPathFunctions(Arrays.asList(Require.notNull("registerJmesPathFunctions", functions)));
    }

    public static void registerJmesPathFunctions(List<JmesPathFunction> functions) {
        if (DefinitionPhase.isOver()) {
            throw new DefinitionException("registerJmesPathFunctions was called while the simulation runs."
                    + " Call it in the simulation's constructor.");
        }
        if (!JmesPathFunctions.registered().isEmpty()) {
            throw new DefinitionException(
                    "registerJmesPathFunctions was called a second time. Name all functions in one call.");
        }
        JmesPathFunctions.register(Arguments.functions(functions));
    }

    // ---- what a user does: words that begin a chain

    public static ChainBuilder exec(Function<Session, ? extends Session> function) {
        return ChainBuilder.EMPTY.exec(function);
    }

    public static ChainBuilder exec(Executable first, Executable... more) {
        return ChainBuilder.EMPTY.exec(first, more);
    }

    public static ChainBuilder exec(List<ChainBuilder> chains) {
        return ChainBuilder.EMPTY.exec(chains);
    }

    public static StructureBuilder.On<ChainBuilder> group(String name) {
        return ChainBuilder.EMPTY.group(name);
    }

    public static StructureBuilder.On<ChainBuilder> group(Function<Session, ? extends String> name) {
        return ChainBuilder.EMPTY.group(name);
    }

    public static ChainBuilder pause(long seconds) {
        return ChainBuilder.EMPTY.pause(seconds);
    }

    public static ChainBuilder pause(long seconds, PauseType type) {
        return ChainBuilder.EMPTY.pause(seconds, type);
    }

    public static ChainBuilder pause(Duration duration) {
        return ChainBuilder.EMPTY.pause(duration);
    }

    public static ChainBuilder pause(Duration duration, PauseType type) {
        return ChainBuilder.EMPTY.pause(duration, type);
    }

    public static ChainBuilder pause(String duration) {
        return ChainBuilder.EMPTY.pause(duration);
    }

    public static ChainBuilder pause(String duration, PauseType type) {
        return ChainBuilder.EMPTY.pause(duration, type);
    }

    public static ChainBuilder pause(Function<Session, ? extends Duration> duration) {
        return ChainBuilder.EMPTY.pause(duration);
    }

    public static ChainBuilder pause(Function<Session, ? extends Duration> duration, PauseType type) {
        return ChainBuilder.EMPTY.pause(duration, type);
    }

    public static ChainBuilder pause(long min, long max) {
        return ChainBuilder.EMPTY.pause(min, max);
    }

    public static ChainBuilder pause(long min, long max, PauseType type) {
        return ChainBuilder.EMPTY.pause(min, max, type);
    }

    public static ChainBuilder pause(Duration min, Duration max) {
        return ChainBuilder.EMPTY.pause(min, max);
    }

    public static ChainBuilder pause(Duration min, Duration max, PauseType type) {
        return ChainBuilder.EMPTY.pause(min, max, type);
    }

    public static ChainBuilder pause(String min, String max) {
        return ChainBuilder.EMPTY.pause(min, max);
    }

    public static ChainBuilder pause(String min, String max, PauseType type) {
        return ChainBuilder.EMPTY.pause(min, max, type);
    }

    public static ChainBuilder pause(
            Function<Session, ? extends Duration> min, Function<Session, ? extends Duration> max) {
        return ChainBuilder.EMPTY.pause(min, max);
    }

    public static ChainBuilder pause(
            Function<Session, ? extends Duration> min, Function<Session, ? extends Duration> max, PauseType type) {
        return ChainBuilder.EMPTY.pause(min, max, type);
    }

    public static ChainBuilder pace(long seconds) {
        return ChainBuilder.EMPTY.pace(seconds);
    }

    public static ChainBuilder pace(long seconds, String counter) {
        return ChainBuilder.EMPTY.pace(seconds, counter);
    }

    public static ChainBuilder pace(Duration duration) {
        return ChainBuilder.EMPTY.pace(duration);
    }

    public static ChainBuilder pace(Duration duration, String counter) {
        return ChainBuilder.EMPTY.pace(duration, counter);
    }

    public static ChainBuilder pace(String duration) {
        return ChainBuilder.EMPTY.pace(duration);
    }

    public static ChainBuilder pace(String duration, String counter) {
        return ChainBuilder.EMPTY.pace(duration, counter);
    }

    public static ChainBuilder pace(Function<Session, ? extends Duration> duration) {
        return ChainBuilder.EMPTY.pace(duration);
    }

    public static ChainBuilder pace(Function<Session, ? extends Duration> duration, String counter) {
        return ChainBuilder.EMPTY.pace(duration, counter);
    }

    public static ChainBuilder pace(long min, long max) {
        return ChainBuilder.EMPTY.pace(min, max);
    }

    public static ChainBuilder pace(long min, long max, String counter) {
        return ChainBuilder.EMPTY.pace(min, max, counter);
    }

    public static ChainBuilder pace(Duration min, Duration max) {
        return ChainBuilder.EMPTY.pace(min, max);
    }

    public static ChainBuilder pace(Duration min, Duration max, String counter) {
        return ChainBuilder.EMPTY.pace(min, max, counter);
    }

    public static ChainBuilder pace(String min, String max, String counter) {
        return ChainBuilder.EMPTY.pace(min, max, counter);
    }

    public static ChainBuilder pace(
            Function<Session, ? extends Duration> min, Function<Session, ? extends Duration> max) {
        return ChainBuilder.EMPTY.pace(min, max);
    }

    public static ChainBuilder pace(
            Function<Session, ? extends Duration> min, Function<Session, ? extends Duration> max, String counter) {
        return ChainBuilder.EMPTY.pace(min, max, counter);
    }

    public static StructureBuilder.On<ChainBuilder> repeat(int times) {
        return ChainBuilder.EMPTY.repeat(times);
    }

    public static StructureBuilder.On<ChainBuilder> repeat(int times, String counter) {
        return ChainBuilder.EMPTY.repeat(times, counter);
    }

    public static StructureBuilder.On<ChainBuilder> repeat(String times) {
        return ChainBuilder.EMPTY.repeat(times);
    }

    public static StructureBuilder.On<ChainBuilder> repeat(String times, String counter) {
        return ChainBuilder.EMPTY.repeat(times, counter);
    }

    public static StructureBuilder.On<ChainBuilder> repeat(Function<Session, ? extends Integer> times) {
        return ChainBuilder.EMPTY.repeat(times);
    }

    public static StructureBuilder.On<ChainBuilder> repeat(Function<Session, ? extends Integer> times, String counter) {
        return ChainBuilder.EMPTY.repeat(times, counter);
    }

    public static StructureBuilder.On<ChainBuilder> foreach(List<?> elements, String attribute) {
        return ChainBuilder.EMPTY.foreach(elements, attribute);
    }

    public static StructureBuilder.On<ChainBuilder> foreach(List<?> elements, String attribute, String counter) {
        return ChainBuilder.EMPTY.foreach(elements, attribute, counter);
    }

    public static StructureBuilder.On<ChainBuilder> foreach(String elements, String attribute) {
        return ChainBuilder.EMPTY.foreach(elements, attribute);
    }

    public static StructureBuilder.On<ChainBuilder> foreach(String elements, String attribute, String counter) {
        return ChainBuilder.EMPTY.foreach(elements, attribute, counter);
    }

    public static StructureBuilder.On<ChainBuilder> foreach(
            Function<Session, ? extends List<?>> elements, String attribute) {
        return ChainBuilder.EMPTY.foreach(elements, attribute);
    }

    public static StructureBuilder.On<ChainBuilder> foreach(
            Function<Session, ? extends List<?>> elements, String attribute, String counter) {
        return ChainBuilder.EMPTY.foreach(elements, attribute, counter);
    }

    public static StructureBuilder.On<ChainBuilder> during(long seconds) {
        return ChainBuilder.EMPTY.during(seconds);
    }

    public static StructureBuilder.On<ChainBuilder> during(long seconds, String counter) {
        return ChainBuilder.EMPTY.during(seconds, counter);
    }

    public static StructureBuilder.On<ChainBuilder> during(long seconds, boolean exitAsap) {
        return ChainBuilder.EMPTY.during(seconds, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> during(long seconds, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.during(seconds, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> during(Duration duration) {
        return ChainBuilder.EMPTY.during(duration);
    }

    public static StructureBuilder.On<ChainBuilder> during(Duration duration, String counter) {
        return ChainBuilder.EMPTY.during(duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> during(Duration duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.during(duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> during(Duration duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.during(duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> during(String duration) {
        return ChainBuilder.EMPTY.during(duration);
    }

    public static StructureBuilder.On<ChainBuilder> during(String duration, String counter) {
        return ChainBuilder.EMPTY.during(duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> during(String duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.during(duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> during(String duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.during(duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> during(Function<Session, ? extends Duration> duration) {
        return ChainBuilder.EMPTY.during(duration);
    }

    public static StructureBuilder.On<ChainBuilder> during(
            Function<Session, ? extends Duration> duration, String counter) {
        return ChainBuilder.EMPTY.during(duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> during(
            Function<Session, ? extends Duration> duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.during(duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> during(
            Function<Session, ? extends Duration> duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.during(duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> forever() {
        return ChainBuilder.EMPTY.forever();
    }

    public static StructureBuilder.On<ChainBuilder> forever(String counter) {
        return ChainBuilder.EMPTY.forever(counter);
    }

    public static StructureBuilder.Then<ChainBuilder> doIf(String condition) {
        return ChainBuilder.EMPTY.doIf(condition);
    }

    public static StructureBuilder.Then<ChainBuilder> doIf(Function<Session, ? extends Boolean> condition) {
        return ChainBuilder.EMPTY.doIf(condition);
    }

    public static StructureBuilder.ThenOrElse<ChainBuilder> doIfOrElse(String condition) {
        return ChainBuilder.EMPTY.doIfOrElse(condition);
    }

    public static StructureBuilder.ThenOrElse<ChainBuilder> doIfOrElse(Function<Session, ? extends Boolean> condition) {
        return ChainBuilder.EMPTY.doIfOrElse(condition);
    }

    public static StructureBuilder.RandomSwitch<ChainBuilder> randomSwitch() {
        return ChainBuilder.EMPTY.randomSwitch();
    }

    public static ChainBuilder feed(FeederBuilder<?> feeder) {
        return ChainBuilder.EMPTY.feed(feeder);
    }

    public static ChainBuilder feed(FeederBuilder<?> feeder, int records) {
        return ChainBuilder.EMPTY.feed(feeder, records);
    }

    public static ChainBuilder feed(FeederBuilder<?> feeder, String records) {
        return ChainBuilder.EMPTY.feed(feeder, records);
    }

    public static ChainBuilder feed(FeederBuilder<?> feeder, Function<Session, ? extends Integer> records) {
        return ChainBuilder.EMPTY.feed(feeder, records);
    }

    public static ChainBuilder feed(Iterator<Map<String, Object>> feeder) {
        return ChainBuilder.EMPTY.feed(feeder);
    }

    public static ChainBuilder feed(Iterator<Map<String, Object>> feeder, int records) {
        return ChainBuilder.EMPTY.feed(feeder, records);
    }

    public static ChainBuilder feed(Iterator<Map<String, Object>> feeder, String records) {
        return ChainBuilder.EMPTY.feed(feeder, records);
    }

    public static ChainBuilder feed(
            Iterator<Map<String, Object>> feeder, Function<Session, ? extends Integer> records) {
        return ChainBuilder.EMPTY.feed(feeder, records);
    }

    public static ChainBuilder feed(Supplier<Iterator<Map<String, Object>>> feeder) {
        return ChainBuilder.EMPTY.feed(feeder);
    }

    public static ChainBuilder feed(Supplier<Iterator<Map<String, Object>>> feeder, int records) {
        return ChainBuilder.EMPTY.feed(feeder, records);
    }

    public static ChainBuilder feed(Supplier<Iterator<Map<String, Object>>> feeder, String records) {
        return ChainBuilder.EMPTY.feed(feeder, records);
    }

    public static ChainBuilder feed(
            Supplier<Iterator<Map<String, Object>>> feeder, Function<Session, ? extends Integer> records) {
        return ChainBuilder.EMPTY.feed(feeder, records);
    }

    // ---- loops with conditions, further switches, errors and leaving: words that begin a chain

    public static StructureBuilder.On<ChainBuilder> asLongAs(String condition) {
        return ChainBuilder.EMPTY.asLongAs(condition);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAs(String condition, String counter) {
        return ChainBuilder.EMPTY.asLongAs(condition, counter);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAs(String condition, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAs(condition, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAs(String condition, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAs(condition, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAs(Function<Session, ? extends Boolean> condition) {
        return ChainBuilder.EMPTY.asLongAs(condition);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAs(
            Function<Session, ? extends Boolean> condition, String counter) {
        return ChainBuilder.EMPTY.asLongAs(condition, counter);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAs(
            Function<Session, ? extends Boolean> condition, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAs(condition, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAs(
            Function<Session, ? extends Boolean> condition, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAs(condition, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhile(String condition) {
        return ChainBuilder.EMPTY.doWhile(condition);
    }

    public static StructureBuilder.On<ChainBuilder> doWhile(String condition, String counter) {
        return ChainBuilder.EMPTY.doWhile(condition, counter);
    }

    public static StructureBuilder.On<ChainBuilder> doWhile(Function<Session, ? extends Boolean> condition) {
        return ChainBuilder.EMPTY.doWhile(condition);
    }

    public static StructureBuilder.On<ChainBuilder> doWhile(
            Function<Session, ? extends Boolean> condition, String counter) {
        return ChainBuilder.EMPTY.doWhile(condition, counter);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(String condition, long seconds) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, seconds);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(String condition, long seconds, String counter) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, seconds, counter);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(String condition, long seconds, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, seconds, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            String condition, long seconds, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, seconds, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(String condition, Duration duration) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            String condition, Duration duration, String counter) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            String condition, Duration duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            String condition, Duration duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(String condition, String duration) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(String condition, String duration, String counter) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            String condition, String duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            String condition, String duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            String condition, Function<Session, ? extends Duration> duration) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            String condition, Function<Session, ? extends Duration> duration, String counter) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            String condition, Function<Session, ? extends Duration> duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            String condition, Function<Session, ? extends Duration> duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, long seconds) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, seconds);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, long seconds, String counter) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, seconds, counter);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, long seconds, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, seconds, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, long seconds, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, seconds, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, Duration duration) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, Duration duration, String counter) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, Duration duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, Duration duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, String duration) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, String duration, String counter) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, String duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, String duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition, Function<Session, ? extends Duration> duration) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            String counter) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> asLongAsDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            String counter,
            boolean exitAsap) {
        return ChainBuilder.EMPTY.asLongAsDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(String condition, long seconds) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, seconds);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(String condition, long seconds, String counter) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, seconds, counter);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(String condition, long seconds, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, seconds, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            String condition, long seconds, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, seconds, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(String condition, Duration duration) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(String condition, Duration duration, String counter) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            String condition, Duration duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            String condition, Duration duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(String condition, String duration) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(String condition, String duration, String counter) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(String condition, String duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            String condition, String duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            String condition, Function<Session, ? extends Duration> duration) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            String condition, Function<Session, ? extends Duration> duration, String counter) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            String condition, Function<Session, ? extends Duration> duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            String condition, Function<Session, ? extends Duration> duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, long seconds) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, seconds);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, long seconds, String counter) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, seconds, counter);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, long seconds, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, seconds, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, long seconds, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, seconds, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, Duration duration) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, Duration duration, String counter) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, Duration duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, Duration duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, String duration) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, String duration, String counter) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, String duration, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, String duration, String counter, boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition, Function<Session, ? extends Duration> duration) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            String counter) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, exitAsap);
    }

    public static StructureBuilder.On<ChainBuilder> doWhileDuring(
            Function<Session, ? extends Boolean> condition,
            Function<Session, ? extends Duration> duration,
            String counter,
            boolean exitAsap) {
        return ChainBuilder.EMPTY.doWhileDuring(condition, duration, counter, exitAsap);
    }

    public static StructureBuilder.Then<ChainBuilder> doIfEquals(String actual, String expected) {
        return ChainBuilder.EMPTY.doIfEquals(actual, expected);
    }

    public static StructureBuilder.Then<ChainBuilder> doIfEquals(String actual, Object expected) {
        return ChainBuilder.EMPTY.doIfEquals(actual, expected);
    }

    public static StructureBuilder.Then<ChainBuilder> doIfEquals(String actual, Function<Session, ?> expected) {
        return ChainBuilder.EMPTY.doIfEquals(actual, expected);
    }

    public static StructureBuilder.Then<ChainBuilder> doIfEquals(Function<Session, ?> actual, String expected) {
        return ChainBuilder.EMPTY.doIfEquals(actual, expected);
    }

    public static StructureBuilder.Then<ChainBuilder> doIfEquals(Function<Session, ?> actual, Object expected) {
        return ChainBuilder.EMPTY.doIfEquals(actual, expected);
    }

    public static StructureBuilder.Then<ChainBuilder> doIfEquals(
            Function<Session, ?> actual, Function<Session, ?> expected) {
        return ChainBuilder.EMPTY.doIfEquals(actual, expected);
    }

    public static StructureBuilder.ThenOrElse<ChainBuilder> doIfEqualsOrElse(String actual, String expected) {
        return ChainBuilder.EMPTY.doIfEqualsOrElse(actual, expected);
    }

    public static StructureBuilder.ThenOrElse<ChainBuilder> doIfEqualsOrElse(String actual, Object expected) {
        return ChainBuilder.EMPTY.doIfEqualsOrElse(actual, expected);
    }

    public static StructureBuilder.ThenOrElse<ChainBuilder> doIfEqualsOrElse(
            String actual, Function<Session, ?> expected) {
        return ChainBuilder.EMPTY.doIfEqualsOrElse(actual, expected);
    }

    public static StructureBuilder.ThenOrElse<ChainBuilder> doIfEqualsOrElse(
            Function<Session, ?> actual, String expected) {
        return ChainBuilder.EMPTY.doIfEqualsOrElse(actual, expected);
    }

    public static StructureBuilder.ThenOrElse<ChainBuilder> doIfEqualsOrElse(
            Function<Session, ?> actual, Object expected) {
        return ChainBuilder.EMPTY.doIfEqualsOrElse(actual, expected);
    }

    public static StructureBuilder.ThenOrElse<ChainBuilder> doIfEqualsOrElse(
            Function<Session, ?> actual, Function<Session, ?> expected) {
        return ChainBuilder.EMPTY.doIfEqualsOrElse(actual, expected);
    }

    public static StructureBuilder.Switch<ChainBuilder> doSwitch(String value) {
        return ChainBuilder.EMPTY.doSwitch(value);
    }

    public static StructureBuilder.Switch<ChainBuilder> doSwitch(Function<Session, ?> value) {
        return ChainBuilder.EMPTY.doSwitch(value);
    }

    public static StructureBuilder.SwitchOrElse<ChainBuilder> doSwitchOrElse(String value) {
        return ChainBuilder.EMPTY.doSwitchOrElse(value);
    }

    public static StructureBuilder.SwitchOrElse<ChainBuilder> doSwitchOrElse(Function<Session, ?> value) {
        return ChainBuilder.EMPTY.doSwitchOrElse(value);
    }

    public static StructureBuilder.RandomSwitchOrElse<ChainBuilder> randomSwitchOrElse() {
        return ChainBuilder.EMPTY.randomSwitchOrElse();
    }

    public static StructureBuilder.EvenSwitch<ChainBuilder> uniformRandomSwitch() {
        return ChainBuilder.EMPTY.uniformRandomSwitch();
    }

    public static StructureBuilder.EvenSwitch<ChainBuilder> roundRobinSwitch() {
        return ChainBuilder.EMPTY.roundRobinSwitch();
    }

    public static StructureBuilder.On<ChainBuilder> tryMax(int times) {
        return ChainBuilder.EMPTY.tryMax(times);
    }

    public static StructureBuilder.On<ChainBuilder> tryMax(int times, String counter) {
        return ChainBuilder.EMPTY.tryMax(times, counter);
    }

    public static StructureBuilder.On<ChainBuilder> tryMax(String times) {
        return ChainBuilder.EMPTY.tryMax(times);
    }

    public static StructureBuilder.On<ChainBuilder> tryMax(String times, String counter) {
        return ChainBuilder.EMPTY.tryMax(times, counter);
    }

    public static StructureBuilder.On<ChainBuilder> tryMax(Function<Session, ? extends Integer> times) {
        return ChainBuilder.EMPTY.tryMax(times);
    }

    public static StructureBuilder.On<ChainBuilder> tryMax(Function<Session, ? extends Integer> times, String counter) {
        return ChainBuilder.EMPTY.tryMax(times, counter);
    }

    public static StructureBuilder.On<ChainBuilder> exitBlockOnFail() {
        return ChainBuilder.EMPTY.exitBlockOnFail();
    }

    public static ChainBuilder exitHere() {
        return ChainBuilder.EMPTY.exitHere();
    }

    public static ChainBuilder exitHereIf(String condition) {
        return ChainBuilder.EMPTY.exitHereIf(condition);
    }

    public static ChainBuilder exitHereIf(Function<Session, ? extends Boolean> condition) {
        return ChainBuilder.EMPTY.exitHereIf(condition);
    }

    public static ChainBuilder exitHereIfFailed() {
        return ChainBuilder.EMPTY.exitHereIfFailed();
    }

    public static ChainBuilder stopLoadGenerator(String message) {
        return ChainBuilder.EMPTY.stopLoadGenerator(message);
    }

    public static ChainBuilder stopLoadGenerator(Function<Session, ? extends String> message) {
        return ChainBuilder.EMPTY.stopLoadGenerator(message);
    }

    public static ChainBuilder stopLoadGeneratorIf(String message, String condition) {
        return ChainBuilder.EMPTY.stopLoadGeneratorIf(message, condition);
    }

    public static ChainBuilder stopLoadGeneratorIf(String message, Function<Session, ? extends Boolean> condition) {
        return ChainBuilder.EMPTY.stopLoadGeneratorIf(message, condition);
    }

    public static ChainBuilder stopLoadGeneratorIf(Function<Session, ? extends String> message, String condition) {
        return ChainBuilder.EMPTY.stopLoadGeneratorIf(message, condition);
    }

    public static ChainBuilder stopLoadGeneratorIf(
            Function<Session, ? extends String> message, Function<Session, ? extends Boolean> condition) {
        return ChainBuilder.EMPTY.stopLoadGeneratorIf(message, condition);
    }

    // ---- older words

    public static ChainBuilder exitBlockOnFail(Executable first, Executable... more) {
        return ChainBuilder.EMPTY.exitBlockOnFail(first, more);
    }

    public static ChainBuilder stopInjector(String message) {
        return ChainBuilder.EMPTY.stopInjector(message);
    }

    public static ChainBuilder stopInjector(Function<Session, ? extends String> message) {
        return ChainBuilder.EMPTY.stopInjector(message);
    }

    public static ChainBuilder stopInjectorIf(String message, String condition) {
        return ChainBuilder.EMPTY.stopInjectorIf(message, condition);
    }

    public static ChainBuilder stopInjectorIf(String message, Function<Session, ? extends Boolean> condition) {
        return ChainBuilder.EMPTY.stopInjectorIf(message, condition);
    }

    public static ChainBuilder stopInjectorIf(Function<Session, ? extends String> message, String condition) {
        return ChainBuilder.EMPTY.stopInjectorIf(message, condition);
    }

    public static ChainBuilder stopInjectorIf(
            Function<Session, ? extends String> message, Function<Session, ? extends Boolean> condition) {
        return ChainBuilder.EMPTY.stopInjectorIf(message, condition);
    }

    // ---- crash

    public static ChainBuilder crashLoadGenerator(String message) {
        return ChainBuilder.EMPTY.crashLoadGenerator(message);
    }

    public static ChainBuilder crashLoadGenerator(Function<Session, ? extends String> message) {
        return ChainBuilder.EMPTY.crashLoadGenerator(message);
    }

    public static ChainBuilder crashLoadGeneratorIf(String message, String condition) {
        return ChainBuilder.EMPTY.crashLoadGeneratorIf(message, condition);
    }

    public static ChainBuilder crashLoadGeneratorIf(String message, Function<Session, ? extends Boolean> condition) {
        return ChainBuilder.EMPTY.crashLoadGeneratorIf(message, condition);
    }

    public static ChainBuilder crashLoadGeneratorIf(Function<Session, ? extends String> message, String condition) {
        return ChainBuilder.EMPTY.crashLoadGeneratorIf(message, condition);
    }

    public static ChainBuilder crashLoadGeneratorIf(
            Function<Session, ? extends String> message, Function<Session, ? extends Boolean> condition) {
        return ChainBuilder.EMPTY.crashLoadGeneratorIf(message, condition);
    }

    public static ChainBuilder execBlocking(Function<Session, ? extends Session> function) {
        return ChainBuilder.EMPTY.execBlocking(function);
    }

    public static ChainBuilder rendezVous(int users) {
        return ChainBuilder.EMPTY.rendezVous(users);
    }

    public static ChainBuilder rendezVous(int users, Duration timeout) {
        return ChainBuilder.EMPTY.rendezVous(users, timeout);
    }

    // ---- filters

    /** URLs that one of these regular expressions matches as a whole. */
    public static Filter.AllowList AllowList(String... patterns) {
        return AllowList(Arrays.asList(Require.notNull("AllowList", patterns)));
    }

    public static Filter.AllowList AllowList(List<String> patterns) {
        return new Filter.AllowList(patterns);
    }

    /** URLs but those that one of these regular expressions matches as a whole. */
    public static Filter.DenyList DenyList(String... patterns) {
        return DenyList(Arrays.asList(Require.notNull("DenyList", patterns)));
    }

    public static Filter.DenyList DenyList(List<String> patterns) {
        return new Filter.DenyList(patterns);
    }

    // ---- requests without traffic

    /** A request without traffic, which takes so many milliseconds, 0 or more. */
    public static DummyBuilder dummy(String name, int millis) {
        return new DummyBuilder(
                Arguments.text("dummy: name", name),
                Expression.constant(Require.notNegative("dummy: milliseconds", millis)));
    }

    public static DummyBuilder dummy(String name, String millis) {
        return new DummyBuilder(Arguments.text("dummy: name", name), Arguments.number("dummy: milliseconds", millis));
    }

    public static DummyBuilder dummy(String name, Function<Session, ? extends Integer> millis) {
        return new DummyBuilder(Arguments.text("dummy: name", name), Arguments.function("dummy: milliseconds", millis));
    }

    public static DummyBuilder dummy(Function<Session, ? extends String> name, int millis) {
        return new DummyBuilder(
                Arguments.text("dummy: name", name),
                Expression.constant(Require.notNegative("dummy: milliseconds", millis)));
    }

    public static DummyBuilder dummy(Function<Session, ? extends String> name, String millis) {
        return new DummyBuilder(Arguments.text("dummy: name", name), Arguments.number("dummy: milliseconds", millis));
    }

    public static DummyBuilder dummy(
            Function<Session, ? extends String> name, Function<Session, ? extends Integer> millis) {
        return new DummyBuilder(Arguments.text("dummy: name", name), Arguments.function("dummy: milliseconds", millis));
    }
}
