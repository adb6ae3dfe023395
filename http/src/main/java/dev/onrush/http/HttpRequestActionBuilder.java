package dev.onrush.http;

import dev.onrush.http.internal.request.RequestDefinition;

/** One HTTP request, an action of a scenario. Immutable: each call gives a new value. */
public final class HttpRequestActionBuilder extends RequestWithBodyActionBuilder<HttpRequestActionBuilder> {
    HttpRequestActionBuilder(RequestDefinition definition) {
        super(definition);
    }

    @Override
    HttpRequestActionBuilder copy(RequestDefinition changed) {
        return new HttpRequestActionBuilder(changed);
    }
}
