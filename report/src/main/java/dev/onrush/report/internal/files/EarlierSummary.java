package dev.onrush.report.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.assertion.AssertionResult;

/** What only the {@code summary.json} of a finished run knows, because the log cannot: assertions and exit code. */
public record EarlierSummary(
        @Nullable List<AssertionResult> assertions,
        @Nullable Integer exitCode) {
    private static final JsonMapper JSON = new JsonMapper();

    static final EarlierSummary NONE = new EarlierSummary(null, null);

    /** The sentence in which {@link AssertionResult#text} tells path and measure, actual value, limit and count. */
    private static final Pattern SENTENCE = Pattern.compile(
            "(.*) = ([^=]*), (limit .*) \\((\\d+) (?:requests?|pass|passes), \\d+ KO\\)\\.", Pattern.DOTALL);

    /** What that file tells; {@link #NONE} if there is none that can be read. */
    public static EarlierSummary in(Path file) {
        try {
            return Files.isRegularFile(file) ? of(Files.readString(file)) : NONE;
        } catch (IOException | JacksonException e) {
            return NONE;
        }
    }

    public static EarlierSummary of(String json) {
        JsonNode root = JSON.readTree(json);
        JsonNode exitCode = root.path("run").path("exitCode");
        JsonNode assertions = root.path("assertions");
        if (!assertions.isArray()) {
            return new EarlierSummary(null, exitCode.isInt() ? exitCode.intValue() : null);
        }
        List<AssertionResult> results = new ArrayList<>();
        for (JsonNode assertion : assertions) {
            JsonNode actual = assertion.path("actual");
            results.add(result(
                    assertion.path("text").asString(""),
                    assertion.path("passed").asBoolean(false),
                    actual.isNumber() ? Double.valueOf(actual.doubleValue()) : null));
        }
        return new EarlierSummary(List.copyOf(results), exitCode.isInt() ? exitCode.intValue() : null);
    }

    /** Its parts as the sentence tells them, or the sentence alone. */
    private static AssertionResult result(String text, boolean passed, @Nullable Double actual) {
        Matcher sentence = SENTENCE.matcher(text);
        return sentence.matches()
                ? new AssertionResult(
                        sentence.group(1) + ", " + sentence.group(3),
                        text,
                        passed,
                        actual,
                        sentence.group(3),
                        Long.parseLong(sentence.group(4)))
                : new AssertionResult(text, text, passed, actual, "", 0);
    }
}
