package dev.onrush.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.DefinitionException;

/** No overload of any word takes null, a number or a duration out of its range, or an empty list where one is needed. */
@Timeout(30)
class EveryArgumentTest {
    /** What runs with a user's data, and refuses it as the failure of a step. */
    private static final Set<String> AT_RUN_TIME = Set.of(
            "Session",
            "Body.WithString",
            "Body.WithBytes",
            "Response",
            "JmesPathFunction",
            "HttpProtocolBuilder.RedirectNamingStrategy");

    /** What is taken though it looks wrong, each for its reason. */
    private static final Set<String> TAKEN = Set.of(
            // told together with all other mistakes of the definition
            "setUp: none",
            "setUp: [null]",
            // data of the author's: nothing to send or to visit, and null is a value of JSON
            "listFeeder: none",
            "arrayFeeder: none",
            "foreach: none",
            "foreach: [null]",
            "queryParamSeq: none",
            "multivaluedQueryParam: none",
            "formParamSeq: none",
            "multivaluedFormParam: none",
            "in: [null]",
            "within: [null]",
            // recorders write them so: as if the list were not given
            "AllowList: none",
            "DenyList: none",
            // the name servers of the system
            "asyncNameResolution: none",
            // nobody, nothing, never, no wait
            "repeat: 0",
            "feed: 0",
            "dummy: 0",
            "pause: 0",
            "pause: PT0S",
            "atOnceUsers: 0",
            "rampUsers: 0",
            "stressPeakUsers: 0",
            "constantConcurrentUsers: 0",
            "rampConcurrentUsers: 0",
            "to: 0",
            "incrementConcurrentUsers: 0",
            "startingFrom: 0",
            "reachRps: 0",
            "maxRedirects: 0",
            "find: 0",
            // a cookie that is gone at once, by RFC 6265
            "withMaxAge: 0",
            "withMaxAge: -1",
            // any number will do
            "seed: 0",
            "seed: -1",
            "seed: 9223372036854775807");

    /** Limits of what is measured, which may be nothing. */
    private static final Set<String> CONDITIONS =
            Set.of("lt", "lte", "gt", "gte", "is", "shouldBe", "between", "around", "deviatesAround");

    private final Samples samples = new Samples();

    @Test
    void isRefusedWhereItIsWrong() {
        List<String> wrong = new ArrayList<>();
        int refused = 0;
        for (Class<?> type : new Vocabulary().types()) {
            if (AT_RUN_TIME.contains(Vocabulary.name(type))) {
                continue;
            }
            for (Executable word : words(type)) {
                for (int i = 0; i < word.getParameterCount(); i++) {
                    boolean isRest = i > 0 && word.isVarArgs() && i == word.getParameterCount() - 1;
                    for (Object value : unfit(word.getParameterTypes()[i])) {
                        String call = wordOf(word) + ": " + shown(value);
                        if (TAKEN.contains(call)
                                || CONDITIONS.contains(wordOf(word))
                                        && shown(value).equals("PT0S")
                                || isRest && shown(value).equals("none")) {
                            continue;
                        }
                        String outcome = outcome(type, word, i, value);
                        if (outcome.isEmpty()) {
                            refused++;
                        } else {
                            wrong.add(word + ", parameter " + i + ", " + shown(value) + ": " + outcome);
                        }
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(refused).isGreaterThan(1500);
    }

    private static List<Executable> words(Class<?> type) {
        Stream<Executable> constructors = Modifier.isAbstract(type.getModifiers())
                ? Stream.empty()
                : Arrays.stream(type.getDeclaredConstructors());
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()), constructors)
                .filter(word -> Modifier.isPublic(word.getModifiers()) && !word.isSynthetic())
                .filter(word -> !word.getName().equals("equals"))
                .toList();
    }

    private static String wordOf(Executable word) {
        return word.getName().substring(word.getName().lastIndexOf('.') + 1);
    }

    /** Values that no parameter of that type should take. */
    private static List<Object> unfit(Class<?> type) {
        List<Object> unfit = new ArrayList<>();
        if (!type.isPrimitive()) {
            unfit.add(null);
        }
        if (type == List.class) {
            unfit.add(Collections.singletonList(null));
            unfit.add(List.of());
        } else if (type.isArray() && !type.getComponentType().isPrimitive()) {
            unfit.add(Array.newInstance(type.getComponentType(), 1));
            unfit.add(Array.newInstance(type.getComponentType(), 0));
        } else if (type == Map.class) {
            unfit.add(Collections.singletonMap("x", null));
            unfit.add(Collections.singletonMap(null, null));
        } else if (type == int.class) {
            unfit.addAll(List.of(-1, 0));
        } else if (type == long.class) {
            unfit.addAll(List.of(-1L, 0L, Long.MAX_VALUE));
        } else if (type == double.class) {
            unfit.addAll(List.of(-1.0, Double.NaN, Double.POSITIVE_INFINITY));
        } else if (type == Duration.class) {
            unfit.addAll(List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MAX_VALUE)));
        }
        return unfit;
    }

    private static String shown(Object value) {
        if (value instanceof Object[] array) {
            return shown(Arrays.asList(array));
        }
        return value instanceof List<?> list && list.isEmpty() ? "none" : String.valueOf(value);
    }

    /** Empty if the call is refused in words. */
    private String outcome(Class<?> type, Executable word, int parameter, Object value) {
        Type[] types = word.getGenericParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = i == parameter ? value : samples.argument(types[i]);
        }
        try {
            word.setAccessible(true);
            if (word instanceof Method method) {
                boolean isStatic = Modifier.isStatic(word.getModifiers());
                method.invoke(isStatic ? null : samples.receiver(Vocabulary.name(type)), arguments);
            } else {
                ((Constructor<?>) word).newInstance(arguments);
            }
            return "was taken";
        } catch (InvocationTargetException e) {
            return e.getCause() instanceof DefinitionException refused
                            && refused.getMessage().endsWith(".")
                    ? ""
                    : "threw " + e.getCause();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
