package dev.onrush.http.internal.request;

import java.util.List;
import java.util.Set;

import dev.onrush.core.check.CheckScope;
import dev.onrush.core.check.CheckedResponse;
import dev.onrush.core.check.MultipleFinder;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** The values of a header, letter case of its name ignored. */
public final class HeaderFinder implements MultipleFinder<String> {
    private final Expression<? extends CharSequence> header;

    public HeaderFinder(Expression<? extends CharSequence> header) {
        this.header = header;
    }

    @Override
    public String name() {
        String source = header.source();
        return source == null ? "header" : "header " + source;
    }

    @Override
    public CheckScope scope() {
        return CheckScope.HEADER;
    }

    @Override
    public boolean readsBody() {
        return false;
    }

    @Override
    public Set<String> reads() {
        return header.attributes();
    }

    @Override
    public List<String> problems() {
        return header.problems();
    }

    @Override
    public List<String> findAll(CheckedResponse response, UserSession session) {
        return ((HttpResponseView) response).headers(header.evaluate(session).toString());
    }
}
