package dev.onrush.examples.target;

import java.time.Duration;

/**
 * A target for load tests: one HTTP server on the loopback interface with a queue, replicas and autoscaling.
 *
 * <pre>{@code
 * try (TargetServer server = Target.defaults().serviceTime(ServiceTime.none()).start()) {
 *     String url = server.baseUrl();
 * }
 * }</pre>
 *
 * <p>An immutable value: each word returns a new one.
 *
 * @param port TCP port on 127.0.0.1; 0 takes any free one
 * @param ioThreads threads that read and write the sockets
 * @param token bearer token that {@code /spam_detection_path} asks for
 * @param serviceTime how long a replica works on one request
 * @param queueCapacity requests that may wait; the next one gets 503
 * @param seed of everything drawn: service times and the calls that get 502
 * @param scaling number of replicas
 */
public record Target(
        int port, int ioThreads, String token, ServiceTime serviceTime, int queueCapacity, long seed, Scaling scaling) {

    /** The token of a target that was not given another one. */
    public static final String DEFAULT_TOKEN = "onrush-demo";

    public Target {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, was " + port + ". 0 takes any free one.");
        }
        if (ioThreads < 1) {
            throw new IllegalArgumentException("ioThreads must be at least 1, was " + ioThreads + ".");
        }
        if (token.isBlank()) {
            throw new IllegalArgumentException("token must not be blank.");
        }
        if (queueCapacity < 0) {
            throw new IllegalArgumentException("queueCapacity must be 0 or more, was " + queueCapacity + ".");
        }
    }

    /** Any free port, one I/O thread, log-normal service time of 20 ms, 1 to 5 replicas, 1000 places in the queue. */
    public static Target defaults() {
        return new Target(
                0, 1, DEFAULT_TOKEN, ServiceTime.logNormal(Duration.ofMillis(20), 0.5), 1000, 1, Scaling.between(1, 5));
    }

    public Target port(int value) {
        return new Target(value, ioThreads, token, serviceTime, queueCapacity, seed, scaling);
    }

    public Target ioThreads(int value) {
        return new Target(port, value, token, serviceTime, queueCapacity, seed, scaling);
    }

    public Target token(String value) {
        return new Target(port, ioThreads, value, serviceTime, queueCapacity, seed, scaling);
    }

    public Target serviceTime(ServiceTime value) {
        return new Target(port, ioThreads, token, value, queueCapacity, seed, scaling);
    }

    public Target queueCapacity(int value) {
        return new Target(port, ioThreads, token, serviceTime, value, seed, scaling);
    }

    public Target seed(long value) {
        return new Target(port, ioThreads, token, serviceTime, queueCapacity, value, scaling);
    }

    public Target scaling(Scaling value) {
        return new Target(port, ioThreads, token, serviceTime, queueCapacity, seed, value);
    }

    /** Opens the port and serves until the returned server is closed; the caller closes it. */
    public TargetServer start() {
        return TargetServer.start(this);
    }
}
