package dev.onrush.truth;

import static dev.onrush.http.HttpDsl.http;

import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import dev.onrush.http.Http;
import dev.onrush.http.HttpRequestActionBuilder;
import dev.onrush.testkit.FaultScript;

/**
 * What a target does wrong, and what a run must make of it. Immutable: each call returns a new one.
 *
 * @param row of docs/reliability.md
 * @param name of its scenario and its requests
 * @param inClear class of each of its requests, empty: OK
 * @param underTls the same under TLS; null: not played there
 * @param use how connections are used
 * @param atDeadline whether each request ends at its deadline
 * @param bytesReceived at least so many of each answer are told, although it failed
 */
record TargetFault(
        String row,
        String name,
        FaultScript script,
        BiFunction<Http, String, HttpRequestActionBuilder> request,
        String inClear,
        @Nullable String underTls,
        Use use,
        boolean atDeadline,
        long bytesReceived) {
    /** How many connections its requests come on. */
    enum Use {
        /** Each on one of its own. */
        ONCE,
        /** Those of a user on one. */
        KEPT,
        /** Not looked at. */
        ANY
    }

    /** A fault that each request meets on a connection of its own, and is OK. */
    static TargetFault of(String row, String what, FaultScript script) {
        return new TargetFault(row, row + " " + what, script, Http::get, "", "", Use.ONCE, false, 0);
    }

    /** Each request fails with this class, in clear and under TLS. */
    TargetFault gives(String errorClass) {
        return new TargetFault(row, name, script, request, errorClass, errorClass, use, atDeadline, bytesReceived);
    }

    /** Each request fails with one class in clear and another under TLS. */
    TargetFault gives(String clear, String tls) {
        return new TargetFault(row, name, script, request, clear, tls, use, atDeadline, bytesReceived);
    }

    TargetFault onlyInClear() {
        return new TargetFault(row, name, script, request, inClear, null, use, atDeadline, bytesReceived);
    }

    TargetFault on(Use connections) {
        return new TargetFault(row, name, script, request, inClear, underTls, connections, atDeadline, bytesReceived);
    }

    /** Each request ends at its deadline, not before and hardly later. */
    TargetFault late() {
        return new TargetFault(row, name, script, request, inClear, underTls, use, true, bytesReceived);
    }

    TargetFault receiving(long bytes) {
        return new TargetFault(row, name, script, request, inClear, underTls, use, atDeadline, bytes);
    }

    /** Asks in another manner than by a plain GET. */
    TargetFault asking(BiFunction<Http, String, HttpRequestActionBuilder> change) {
        return new TargetFault(row, name, script, change, inClear, underTls, use, atDeadline, bytesReceived);
    }

    HttpRequestActionBuilder request(String url) {
        return request.apply(http(name), url);
    }
}
