package dev.onrush.core.check;

import java.util.List;
import java.util.Set;

/**
 * Looks through the body for what an author's text says: what all such finders share.
 *
 * @param <T> what is found
 * @param <C> what the text is compiled to
 */
abstract class BodySearch<T, C> implements MultipleFinder<T> {
    final CompiledText<C> text;
    private final String word;

    /** @param word for messages, in front of the text */
    BodySearch(String word, CompiledText<C> text) {
        this.word = word;
        this.text = text;
    }

    final String word() {
        return word;
    }

    @Override
    public String name() {
        return word + " " + text;
    }

    @Override
    public final CheckScope scope() {
        return CheckScope.BODY;
    }

    @Override
    public final boolean readsBody() {
        return true;
    }

    @Override
    public final Set<String> reads() {
        return text.text().attributes();
    }

    @Override
    public List<String> problems() {
        return text.problems();
    }
}
