package dev.onrush.testkit;

import java.util.List;

/**
 * What a {@link FaultProxy} does to one connection.
 *
 * @param toServer to the bytes of the client, in this order
 * @param toClient to the bytes of the server, in this order
 */
public record Toxics(List<Toxic> toServer, List<Toxic> toClient) {
    /** No toxic at all. */
    public static final Toxics NONE = new Toxics(List.of(), List.of());

    public Toxics {
        toServer = List.copyOf(toServer);
        toClient = List.copyOf(toClient);
    }

    /** These toxics on the way to the server. */
    public static Toxics toServer(Toxic... toxics) {
        return new Toxics(List.of(toxics), List.of());
    }

    /** These toxics on the way to the client. */
    public static Toxics toClient(Toxic... toxics) {
        return new Toxics(List.of(), List.of(toxics));
    }
}
