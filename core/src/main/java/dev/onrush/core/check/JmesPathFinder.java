package dev.onrush.core.check;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.burt.jmespath.Expression;
import io.burt.jmespath.JmesPathException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/**
 * What a JMESPath finds in the body, as a type: one value, or none, which is also what JSON null and what does not fit the type are
 * to it. Its paths are compiled when the simulation is whole: then all functions of the author's are known.
 */
public final class JmesPathFinder<T> implements MultipleFinder<T> {
    private final JsonSource source;
    private final dev.onrush.core.session.Expression<String> path;
    private final JsonType<T> type;
    /** Null before the simulation is whole. */
    private final @Nullable CompiledText<Expression<JsonNode>> compiled;

    private JmesPathFinder(
            JsonSource source,
            dev.onrush.core.session.Expression<String> path,
            JsonType<T> type,
            @Nullable CompiledText<Expression<JsonNode>> compiled) {
        this.source = source;
        this.path = path;
        this.type = type;
        this.compiled = compiled;
    }

    /** Text as it is, everything else as JSON. */
    public static JmesPathFinder<String> of(JsonSource source, dev.onrush.core.session.Expression<String> path) {
        return new JmesPathFinder<>(source, path, JsonType.TEXT, null);
    }

    /** The same path, giving another type. */
    public <U> JmesPathFinder<U> as(JsonType<U> other) {
        return new JmesPathFinder<>(source, path, other, compiled);
    }

    /** The one value it finds, as another type. */
    public <U> Finder<U> one(JsonType<U> other) {
        return as(other).at(0);
    }

    private CompiledText<Expression<JsonNode>> compiled() {
        return compiled == null ? compile() : compiled;
    }

    private CompiledText<Expression<JsonNode>> compile() {
        JmesPathRuntime runtime = new JmesPathRuntime(JmesPathFunctions.registered());
        return new CompiledText<>(source.word("jmesPath"), path, text -> compiled(runtime, text));
    }

    private static Expression<JsonNode> compiled(JmesPathRuntime runtime, String text) {
        try {
            return runtime.compile(text);
        } catch (JmesPathException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public String name() {
        String written = path.source();
        return source.word("jmesPath") + " " + (written == null ? "(function)" : written) + type.words();
    }

    @Override
    public CheckScope scope() {
        return CheckScope.BODY;
    }

    @Override
    public boolean readsBody() {
        return true;
    }

    @Override
    public Set<String> reads() {
        return path.attributes();
    }

    @Override
    public List<String> problems() {
        return compiled().problems();
    }

    @Override
    public MultipleFinder<T> under(Settings settings) {
        return new JmesPathFinder<>(source, path, type, compile());
    }

    @Override
    public List<? extends @Nullable Object> findAll(CheckedResponse response, UserSession session) {
        JsonNode root = source.root(response.body());
        JsonNode found;
        try {
            found = compiled().in(session).search(root);
        } catch (JmesPathException e) {
            throw new UnreadableBodyException(String.valueOf(e.getMessage()));
        }
        Object value = type.of(found);
        return value == null || value == Finder.NONE ? List.of() : Collections.singletonList(value);
    }
}
