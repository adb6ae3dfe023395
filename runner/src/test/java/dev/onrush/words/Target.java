package dev.onrush.words;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;
import dev.onrush.testkit.TruthSetup;

/** A real server that keeps every request it got. */
final class Target implements AutoCloseable {
    final List<TruthRequest> came = new CopyOnWriteArrayList<>();
    final TruthServer server;

    private Target(Function<TruthRequest, TruthResponse> answer, UnaryOperator<TruthSetup> setup) {
        server = setup.apply(TruthServer.setup())
                .otherwise(request -> {
                    came.add(request);
                    return answer.apply(request);
                })
                .start();
    }

    /** Answers everything with {@code ok}. */
    static Target start() {
        return answering(request -> TruthResponse.ok("ok"));
    }

    static Target answering(Function<TruthRequest, TruthResponse> answer) {
        return new Target(answer, UnaryOperator.identity());
    }

    static Target answering(UnaryOperator<TruthSetup> setup, Function<TruthRequest, TruthResponse> answer) {
        return new Target(answer, setup);
    }

    String url() {
        return server.url();
    }

    String url(String path) {
        return server.url(path);
    }

    TruthRequest only() {
        if (came.size() != 1) {
            throw new AssertionError("one request expected, came: " + came);
        }
        return came.get(0);
    }

    /** Methods and targets, in the order of arrival. */
    List<String> lines() {
        return came.stream()
                .map(request -> request.method() + " " + request.target())
                .toList();
    }

    List<String> targets() {
        return came.stream().map(TruthRequest::target).toList();
    }

    List<String> bodies() {
        return came.stream().map(TruthRequest::text).toList();
    }

    /** The values of that header, {@code -} where it was missing. */
    List<String> header(String name) {
        return came.stream().map(request -> request.header(name).orElse("-")).toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
