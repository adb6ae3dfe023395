package dev.onrush.core.check;

import java.util.Set;

import dev.onrush.core.session.UserSession;

/** A fact of the body, for which the body is not kept. Always found, also of an empty body. */
public final class BodyFactFinder<T> implements Finder<T> {
    private final String name;
    private final BodyFact fact;

    private BodyFactFinder(String name, BodyFact fact) {
        this.name = name;
        this.fact = fact;
    }

    public static Finder<Integer> length() {
        return new BodyFactFinder<>("bodyLength", BodyFact.LENGTH);
    }

    public static Finder<String> md5() {
        return new BodyFactFinder<>("md5", BodyFact.MD5);
    }

    public static Finder<String> sha1() {
        return new BodyFactFinder<>("sha1", BodyFact.SHA1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CheckScope scope() {
        return CheckScope.BODY;
    }

    @Override
    public boolean readsBody() {
        return false;
    }

    @Override
    public Set<BodyFact> bodyFacts() {
        return Set.of(fact);
    }

    @Override
    public Object find(CheckedResponse response, UserSession session) {
        return response.body().fact(fact);
    }
}
