package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** What a JSONPath finds in the body, as a type; what does not fit the type is passed by. */
public final class JsonPathFinder<T> extends BodySearch<T, JsonQuery> {
    private final JsonSource source;
    private final JsonType<T> type;

    private JsonPathFinder(JsonSource source, CompiledText<JsonQuery> path, JsonType<T> type) {
        super(source.word("jsonPath"), path);
        this.source = source;
        this.type = type;
    }

    /** Texts as they are, everything else as JSON. */
    public static JsonPathFinder<String> of(Expression<String> path) {
        return of(JsonSource.BODY, path);
    }

    /** As {@link #of(Expression)}, from JSON that stands elsewhere. */
    public static JsonPathFinder<String> of(JsonSource source, Expression<String> path) {
        CompiledText<JsonQuery> compiled = new CompiledText<>(source.word("jsonPath"), path, JsonQuery::of);
        return new JsonPathFinder<>(source, compiled, JsonType.TEXT);
    }

    /** The same path, giving another type. */
    public <U> JsonPathFinder<U> as(JsonType<U> other) {
        return new JsonPathFinder<>(source, text, other);
    }

    @Override
    public String name() {
        return super.name() + type.words();
    }

    @Override
    public @Nullable Object find(CheckedResponse response, UserSession session, int place) {
        JsonQuery query = text.in(session);
        JsonNode root = source.root(response.body());
        if (query.isDefinite()) {
            JsonNode node = place == 0 ? query.first(root) : null;
            return node == null ? Finder.NONE : type.of(node);
        }
        List<@Nullable Object> all = fitting(query.all(root));
        return place < all.size() ? all.get(place) : Finder.NONE;
    }

    @Override
    public List<? extends @Nullable Object> findAll(CheckedResponse response, UserSession session) {
        return fitting(text.in(session).all(source.root(response.body())));
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
