package dev.onrush.http.internal.request;

import dev.onrush.core.session.UserSession;

/** Gives checks another response than the one that came. */
@FunctionalInterface
public interface ResponseTransformer {
    HttpResponseView transform(HttpResponseView response, UserSession session);
}
