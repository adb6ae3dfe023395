package dev.onrush.core.check;

import dev.onrush.core.session.UserSession;

/** The response time in whole milliseconds. */
public record ResponseTimeFinder() implements Finder<Integer> {
    @Override
    public String name() {
        return "responseTimeInMillis";
    }

    @Override
    public CheckScope scope() {
        return CheckScope.TIME;
    }

    @Override
    public boolean readsBody() {
        return false;
    }

    @Override
    public Object find(CheckedResponse response, UserSession session) {
        return (int) Math.min(Integer.MAX_VALUE, response.responseTimeMillis());
    }
}
