package dev.onrush.http.internal.request;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;

/** A request that waited for a slot of a throttle goes on: it is sent, or was refused one. */
final class SlotAction extends Action {
    private final HttpRequestAction request;
    private final HttpClient client;
    private final boolean hasSlot;

    SlotAction(HttpRequestAction request, HttpClient client, boolean hasSlot) {
        super(request.place());
        this.request = request;
        this.client = client;
        this.hasSlot = hasSlot;
    }

    @Override
    public @Nullable Action execute(VirtualUser user) {
        UserExchange exchange = client.user(user).exchange();
        return hasSlot ? exchange.sendInSlot() : exchange.refuseSlot();
    }

    @Override
    public Action next() {
        return request.next();
    }
}
