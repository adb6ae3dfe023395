package dev.onrush.core.check;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** An author's functions for JMESPath, of the simulation that is being defined on this thread. */
public final class JmesPathFunctions {
    private static final ThreadLocal<List<Named>> REGISTERED = ThreadLocal.withInitial(List::of);

    private JmesPathFunctions() {}

    /** A function that a path may call by that name. */
    public record Named(String name, Call call) {}

    /** What a function does. */
    @FunctionalInterface
    public interface Call {
        /**
         * @param arguments text, numbers, truth values, lists and maps; null for JSON null
         * @return such a value
         */
        @Nullable
        Object call(List<@Nullable Object> arguments) throws Exception;
    }

    /** For all paths of the simulation that is being defined. */
    public static void register(List<Named> functions) {
        REGISTERED.set(List.copyOf(functions));
    }

    /** Forgets those of the simulation before: another begins. */
    public static void clear() {
        REGISTERED.remove();
    }

    /** Those registered so far; empty if none were. */
    public static List<Named> registered() {
        return REGISTERED.get();
    }
}
