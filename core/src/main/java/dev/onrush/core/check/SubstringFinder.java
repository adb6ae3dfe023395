package dev.onrush.core.check;

import java.util.ArrayList;
import java.util.List;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** Where a text stands in the body: positions in characters, from 0, without overlap. */
public final class SubstringFinder extends BodySearch<Integer, String> {
    public SubstringFinder(Expression<String> wanted) {
        super("substring", new CompiledText<>("substring", wanted, SubstringFinder::notEmpty));
    }

    private static String notEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("there is no text to look for");
        }
        return text;
    }

    @Override
    public Object find(CheckedResponse response, UserSession session, int place) {
        String needle = text.in(session);
        String body = response.body().string();
        int at = body.indexOf(needle);
        for (int i = 0; i < place && at >= 0; i++) {
            at = body.indexOf(needle, at + needle.length());
        }
        return at < 0 ? Finder.NONE : (Object) at;
    }

    @Override
    public List<Integer> findAll(CheckedResponse response, UserSession session) {
        String needle = text.in(session);
        String body = response.body().string();
        List<Integer> positions = new ArrayList<>();
        for (int at = body.indexOf(needle); at >= 0; at = body.indexOf(needle, at + needle.length())) {
            positions.add(at);
        }
        return positions;
    }
}
