package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** What a JSONPath finds in the body, as a type; what does not fit the type is passed by. */
public final class JsonPathFinder<T> implements MultipleFinder<T> {
    private final CompiledText<JsonQuery> path;
    private final JsonType<T> type;

    private JsonPathFinder(CompiledText<JsonQuery> path, JsonType<T> type) {
        this.path = path;
        this.type = type;
    }

    /** Texts as they are, everything else as JSON. */
    public static JsonPathFinder<String> of(Expression<String> path) {
        return new JsonPathFinder<>(new CompiledText<>("jsonPath", path, JsonQuery::of), JsonType.TEXT);
    }

    /** The same path, giving another type. */
    public <U> JsonPathFinder<U> as(JsonType<U> other) {
        return new JsonPathFinder<>(path, other);
    }

    @Override
    public String name() {
        return "jsonPath " + path + type.words();
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
        return path.text().attributes();
    }

    @Override
    public List<String> problems() {
        return path.problems();
    }

    @Override
    public @Nullable Object find(CheckedResponse response, UserSession session, int place) {
        JsonQuery query = path.in(session);
        JsonNode root = response.body().json();
        if (query.isDefinite()) {
            JsonNode node = place == 0 ? query.first(root) : null;
            return node == null ? Finder.NONE : type.of(node);
        }
        List<@Nullable Object> all = fitting(query.all(root));
        return place < all.size() ? all.get(place) : Finder.NONE;
    }

    @Override
    public List<? extends @Nullable Object> findAll(CheckedResponse response, UserSession session) {
        return fitting(path.in(session).all(response.body().json()));
    }

    private List<@Nullable Object> fitting(List<JsonNode> nodes) {
        List<@Nullable Object> values = new ArrayList<>(nodes.size());
        for (JsonNode node : nodes) {
            Object value = type.of(node);
            if (value != Finder.NONE) {
                values.add(value);
            }
        }
        return values;
    }
}
