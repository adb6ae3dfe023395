package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.burt.jmespath.Adapter;
import io.burt.jmespath.BaseRuntime;
import io.burt.jmespath.JmesPathType;
import io.burt.jmespath.RuntimeConfiguration;
import io.burt.jmespath.function.ArgumentConstraints;
import io.burt.jmespath.function.BaseFunction;
import io.burt.jmespath.function.Function;
import io.burt.jmespath.function.FunctionArgument;
import io.burt.jmespath.function.FunctionRegistry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** JMESPath over the trees that bodies are parsed to. Safe for use by many threads. */
final class JmesPathRuntime extends BaseRuntime<JsonNode> {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What functions may be given; JMESPath itself sets no limit. */
    private static final int MOST_ARGUMENTS = 100;

    /** @param functions beside those of the language; of two of one name the author's wins */
    JmesPathRuntime(List<JmesPathFunctions.Named> functions) {
        super(RuntimeConfiguration.builder()
                .withFunctionRegistry(FunctionRegistry.defaultRegistry()
                        .extend(functions.stream().map(AuthorsFunction::new).toArray(Function[]::new)))
                .build());
    }

    @Override
    public JsonNode parseString(String json) {
        return Json.MAPPER.readTree(json);
    }

    @Override
    public List<JsonNode> toList(JsonNode value) {
        List<JsonNode> all = new ArrayList<>(value.size());
        value.forEach(all::add); // elements of an array, values of an object, nothing else
        return all;
    }

    @Override
    public String toString(JsonNode value) {
        return value.isString() ? value.stringValue() : Json.MAPPER.writeValueAsString(value);
    }

    @Override
    @SuppressWarnings("NullAway") // null where it is no number, as asked for
    public Number toNumber(JsonNode value) {
        return value.isNumber() ? value.numberValue() : null;
    }

    @Override
    public boolean isTruthy(JsonNode value) {
        return switch (typeOf(value)) {
            case NULL -> false;
            case NUMBER -> true;
            case BOOLEAN -> value.booleanValue();
            case STRING -> !value.stringValue().isEmpty();
            case ARRAY, OBJECT -> !value.isEmpty();
        };
    }

    @Override
    public JmesPathType typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> JmesPathType.ARRAY;
            case OBJECT -> JmesPathType.OBJECT;
            case BOOLEAN -> JmesPathType.BOOLEAN;
            case NUMBER -> JmesPathType.NUMBER;
            case NULL, MISSING -> JmesPathType.NULL;
            case STRING, BINARY, POJO -> JmesPathType.STRING;
        };
    }

    @Override
    public JsonNode getProperty(JsonNode value, JsonNode name) {
        JsonNode property = value.isObject() ? value.get(name.stringValue()) : null;
        return property == null ? NullNode.instance : property;
    }

    @Override
    public Collection<JsonNode> getPropertyNames(JsonNode value) {
        List<JsonNode> names = new ArrayList<>(value.size());
        if (value.isObject()) {
            value.properties().forEach(property -> names.add(NODES.stringNode(property.getKey())));
        }
        return names;
    }

    @Override
    public JsonNode createNull() {
        return NullNode.instance;
    }

    @Override
    public JsonNode createArray(Collection<JsonNode> elements) {
        ArrayNode array = NODES.arrayNode(elements.size());
        elements.forEach(array::add);
        return array;
    }

    @Override
    public JsonNode createString(String text) {
        return NODES.stringNode(text);
    }

    @Override
    public JsonNode createBoolean(boolean value) {
        return NODES.booleanNode(value);
    }

    @Override
    public JsonNode createObject(Map<JsonNode, JsonNode> properties) {
        ObjectNode object = NODES.objectNode();
        properties.forEach((name, value) -> object.set(name.stringValue(), value));
        return object;
    }

    @Override
    public JsonNode createNumber(double number) {
        return NODES.numberNode(number);
    }

    @Override
    public JsonNode createNumber(long number) {
        return NODES.numberNode(number);
    }

    /** A function of the author's, between JSON and Java. */
    private static final class AuthorsFunction extends BaseFunction {
        private final JmesPathFunctions.Named function;

        AuthorsFunction(JmesPathFunctions.Named function) {
            super(function.name(), ArgumentConstraints.listOf(0, MOST_ARGUMENTS, ArgumentConstraints.anyValue()));
            this.function = function;
        }

        @Override
        @SuppressWarnings("unchecked") // every runtime of ours is one of JsonNode
        protected <T> T callFunction(Adapter<T> runtime, List<FunctionArgument<T>> arguments) {
            List<@Nullable Object> values = new ArrayList<>(arguments.size());
            for (FunctionArgument<T> argument : arguments) {
                values.add(JsonType.OBJECT.of((JsonNode) argument.value()));
            }
            Object result;
            try {
                result = function.call().call(values);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("function " + function.name() + " threw " + e, e);
            }
            return (T) Json.MAPPER.<JsonNode>valueToTree(result);
        }
    }
}
