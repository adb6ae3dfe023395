package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.JmesPathFunction;
import dev.onrush.dsl.PauseType;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.HttpHeaders;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.http.HttpRequestActionBuilder;

/** A value of each type that a word is called on, or takes. */
final class Samples {
    private static final ChainBuilder CHAIN = pause(1);
    private static final ScenarioBuilder SCENARIO = scenario("s").exec(CHAIN);
    private static final PopulationBuilder POPULATION = SCENARIO.injectOpen(atOnceUsers(1));
    private static final HttpRequestActionBuilder REQUEST = http("x").get("/");

    private final Map<String, Supplier<?>> receivers = new HashMap<>();
    private final Map<Class<?>, Object> arguments = new HashMap<>();

    Samples() {
        structure();
        injection();
        sentences();
        requests();
        plain();
    }

    private void structure() {
        on("StructureBuilder", CHAIN);
        on("ChainBuilder", CHAIN);
        on("ScenarioBuilder", SCENARIO);
        on("PopulationBuilder", POPULATION);
        on("PauseWords", POPULATION);
        receivers.put("Simulation", () -> new Simulation() {});
        receivers.put("Simulation.SetUp", () -> new Simulation() {}.setUp(POPULATION));
        on("StructureBuilder.On", repeat(1));
        on("StructureBuilder.Then", doIf("true"));
        on("StructureBuilder.ThenOrElse", doIfOrElse("true"));
        on("StructureBuilder.OrElse", doIfOrElse("true").then(CHAIN));
        on("StructureBuilder.RandomSwitch", randomSwitch());
        on("StructureBuilder.RandomSwitchOrElse", randomSwitchOrElse());
        on("StructureBuilder.Switch", doSwitch("a"));
        on("StructureBuilder.SwitchOrElse", doSwitchOrElse("a"));
        on("StructureBuilder.EvenSwitch", uniformRandomSwitch());
        on("Choice.WithWeight.Then", percent(1));
        on("Choice.WithKey.Then", onCase(1));
        on("DummyBuilder", dummy("x", 1));
        on("FeederBuilder", listFeeder(List.of(Map.of("a", 1))));
        on("FeederBuilder.FileBased", csv("words/items.csv"));
        on("FeederBuilder.Batchable", csv("words/items.csv"));
    }

    private void injection() {
        on("OpenInjectionStep.Ramp", rampUsers(1));
        on("OpenInjectionStep.ConstantRate", constantUsersPerSec(1));
        on("OpenInjectionStep.RampRate", rampUsersPerSec(1));
        on("OpenInjectionStep.RampRate.During", rampUsersPerSec(1).to(2));
        on("OpenInjectionStep.Stairs", incrementUsersPerSec(1));
        on("OpenInjectionStep.Stairs.Times", incrementUsersPerSec(1).times(2));
        on(
                "OpenInjectionStep.Stairs.Composite",
                incrementUsersPerSec(1).times(2).eachLevelLasting(1));
        on("OpenInjectionStep.StressPeak", stressPeakUsers(1));
        on("ClosedInjectionStep.Constant", constantConcurrentUsers(1));
        on("ClosedInjectionStep.Ramp", rampConcurrentUsers(1));
        on("ClosedInjectionStep.RampTo", rampConcurrentUsers(1).to(2));
        on("ClosedInjectionStep.Stairs", incrementConcurrentUsers(1));
        on("ClosedInjectionStep.StairsWithTime", incrementConcurrentUsers(1).times(2));
        on("ClosedInjectionStep.Composite", incrementConcurrentUsers(1).times(2).eachLevelLasting(1));
        on("ThrottleStep.ReachIntermediate", reachRps(1));
    }

    private void sentences() {
        on("CheckBuilder.Final", bodyString().is("x"));
        on("CheckBuilder.Validate", bodyString().find());
        on("CheckBuilder.Find", bodyString());
        on("CheckBuilder.MultipleFind", header("x"));
        on("CheckBuilder.CaptureGroupCheckBuilder", regex("x"));
        on("Assertion.WithPath", global());
        on("Assertion.WithPathAndTimeMetric", global().responseTime());
        on("Assertion.WithPathAndCountMetric", global().allRequests());
        on("Assertion.WithPathAndTarget", global().allRequests().count());
        on("Assertion.WithPathAndTimeTarget", global().responseTime().max());
    }

    private void requests() {
        on("Http", http("x"));
        on("HttpProtocolBuilder", http);
        on("HttpRequestActionBuilder", REQUEST);
        on("RequestActionBuilder", REQUEST);
        on("RequestWithBodyActionBuilder", REQUEST);
        on("Conditional", REQUEST.checkIf("true"));
        on("Polling", poll());
        on("Polling.Every", poll().every(1));
        on("Proxy", Proxy("gate", 1));
        on("AddCookie", Cookie("a", "b"));
        on("GetCookie", CookieKey("a"));
        on("BodyPart", StringBodyPart("a"));
        receivers.put("HttpHeaders", () -> new HttpHeaders().add("A", "a"));
    }

    private void plain() {
        arguments.put(String.class, "x");
        arguments.put(CharSequence.class, "x");
        arguments.put(Object.class, "x");
        arguments.put(Number.class, 1);
        arguments.put(Integer.class, 1);
        arguments.put(int.class, 1);
        arguments.put(long.class, 1L);
        arguments.put(double.class, 1.0);
        arguments.put(boolean.class, true);
        arguments.put(char.class, '\'');
        arguments.put(Duration.class, Duration.ofSeconds(1));
        arguments.put(Function.class, (Function<Object, Object>) any -> null);
        arguments.put(BiFunction.class, (BiFunction<Object, Object, Object>) (one, other) -> null);
        arguments.put(Supplier.class, (Supplier<Object>) () -> null);
        arguments.put(Iterator.class, Collections.emptyIterator());
        arguments.put(Map.class, Map.of());
        arguments.put(Map.Entry.class, Map.entry("x", 1));
        arguments.put(byte[].class, new byte[1]);
        arguments.put(InputStream.class, new ByteArrayInputStream(new byte[0]));
        arguments.put(Charset.class, StandardCharsets.UTF_8);
        arguments.put(InetSocketAddress.class, new InetSocketAddress("127.0.0.1", 53));
        arguments.put(HttpProtocolBuilder.RedirectNamingStrategy.class, (HttpProtocolBuilder.RedirectNamingStrategy)
                (uri, name, hop) -> name);
        arguments.put(JmesPathFunction.class, new EveryHttpWord.Twice());
        arguments.put(HttpHeaders.class, new HttpHeaders());
        for (Object each : List.of(
                CHAIN,
                POPULATION,
                http,
                REQUEST,
                PauseType.Constant,
                atOnceUsers(1),
                constantConcurrentUsers(1).during(1),
                holdFor(1),
                percent(1).then(CHAIN),
                onCase(1).then(CHAIN),
                bodyString(),
                global().allRequests().count().is(1L),
                StringBody("x"),
                StringBodyPart("x"),
                Proxy("gate", 1),
                AllowList("x"),
                DenyList("x"),
                Cookie("a", "b"),
                CookieKey("a"),
                listFeeder(List.of(Map.of("a", 1))))) {
            arguments.put(each.getClass(), each);
        }
    }

    private void on(String type, Object value) {
        receivers.put(type, () -> value);
    }

    /** What words of that type are called on. */
    Object receiver(String type) {
        Supplier<?> receiver = receivers.get(type);
        if (receiver == null) {
            throw new AssertionError("no sample of " + type + ": add one");
        }
        return receiver.get();
    }

    /** A fitting value for a parameter of that type. */
    Object argument(Type type) {
        Class<?> raw = raw(type);
        if (arguments.containsKey(raw)) {
            return arguments.get(raw);
        }
        if (raw.isArray()) {
            Object array = Array.newInstance(raw.getComponentType(), 1);
            Array.set(array, 0, argument(raw.getComponentType()));
            return array;
        }
        if (type instanceof ParameterizedType generic && raw == List.class) {
            return List.of(argument(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType generic && raw == Set.class) {
            return Set.of(argument(generic.getActualTypeArguments()[0]));
        }
        return arguments.values().stream()
                .filter(raw::isInstance)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample of " + type));
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof TypeVariable<?> variable) {
            return raw(variable.getBounds()[0]);
        }
        return Array.newInstance(raw(((GenericArrayType) type).getGenericComponentType()), 0)
                .getClass();
    }
}
