package dev.onrush.examples.target;

import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * One first-in-first-out queue before a changing number of replicas, each of which serves one request at a time.
 *
 * <p>Thread-safe. No thread waits for a request: its end of service is a timer, and jobs are called without the lock
 * held, on the submitting thread or on the timers' thread.
 */
final class WorkerPool {

    /** A request on its way through the pool; exactly one of the two is called, once. */
    interface Job {
        void served();

        void refused(int status, String reason);
    }

    /** What the pool looks like at one moment; utilisation is that of the last whole interval. */
    record State(int ready, int starting, double utilisation, int queueLength, int inService) {}

    private record Waiting(Job job, long arrivedNanos) {}

    private final ServiceTime serviceTime;
    private final Scaling scaling;
    private final int queueCapacity;
    private final Timers timers;
    private final Metrics metrics;

    private final Object lock = new Object();
    private final SplittableRandom random;
    private final Autoscaler autoscaler;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final ArrayDeque<Replica> idle = new ArrayDeque<>();
    private int ready;
    private int starting;
    private int busy;
    /** Replicas that go as soon as they have finished a request. */
    private int leaving;

    // integrals over time of busy and ready replicas since the interval began
    private long busyNanos;
    private long readyNanos;
    private long countedUntilNanos;
    private double utilisation;

    WorkerPool(Target target, Timers timers, Metrics metrics) {
        this.serviceTime = target.serviceTime();
        this.scaling = target.scaling();
        this.queueCapacity = target.queueCapacity();
        this.timers = timers;
        this.metrics = metrics;
        this.random = new SplittableRandom(target.seed());
        this.autoscaler = new Autoscaler(scaling);
        for (int i = 0; i < scaling.min(); i++) {
            idle.add(new Replica());
        }
        this.ready = scaling.min();
        this.countedUntilNanos = timers.nanoTime();
        timers.after(scaling.interval().toNanos(), this::lookAtLoad);
    }

    void submit(Job job) {
        if (serviceTime.isNone()) {
            metrics.served(0, 0);
            job.served();
            return;
        }
        int refusal = 0;
        synchronized (lock) {
            long now = timers.nanoTime();
            if (starting > 0 && random.nextDouble() < scaling.failureShare()) {
                refusal = 502;
            } else if (!idle.isEmpty()) {
                countUntil(now);
                busy++;
                begin(idle.removeFirst(), new Waiting(job, now), now, now);
            } else if (queue.size() < queueCapacity) {
                queue.add(new Waiting(job, now));
            } else {
                refusal = 503;
            }
        }
        if (refusal == 502) {
            job.refused(502, "a replica is starting and not ready yet");
        } else if (refusal == 503) {
            job.refused(503, "the queue is full (" + queueCapacity + " requests wait)");
        }
    }

    State state() {
        synchronized (lock) {
            return new State(ready, starting, utilisation, queue.size(), busy);
        }
    }

    private void begin(Replica replica, Waiting waiting, long startNanos, long nowNanos) {
        long serviceNanos = serviceTime.nextNanos(random);
        replica.busyUntilNanos = startNanos + serviceNanos;
        long queueNanos = startNanos - waiting.arrivedNanos();
        timers.after(Math.max(0, replica.busyUntilNanos - nowNanos), () -> {
            metrics.served(serviceNanos, queueNanos);
            finish(replica, waiting.job());
        });
    }

    private void finish(Replica replica, Job done) {
        synchronized (lock) {
            long now = timers.nanoTime();
            countUntil(now);
            Waiting next = leaving > 0 ? null : queue.poll();
            if (next != null) {
                // not at "now": a late timer must not make the replica slower than its service times
                begin(replica, next, Math.max(replica.busyUntilNanos, next.arrivedNanos()), now);
            } else {
                busy--;
                if (leaving > 0) {
                    leaving--;
                    ready--;
                } else {
                    idle.addFirst(replica);
                }
            }
        }
        done.served();
    }

    private void lookAtLoad() {
        synchronized (lock) {
            long now = timers.nanoTime();
            countUntil(now);
            utilisation = readyNanos == 0 ? 0 : (double) busyNanos / readyNanos;
            busyNanos = 0;
            readyNanos = 0;
            int staying = ready - leaving;
            int wanted = autoscaler.wanted(staying, utilisation, now);
            for (int i = staying + starting; i < wanted; i++) {
                starting++;
                timers.after(scaling.startUp().toNanos(), this::becomeReady);
            }
            if (wanted < staying && starting == 0) {
                retireOne();
            }
        }
        timers.after(scaling.interval().toNanos(), this::lookAtLoad);
    }

    private void becomeReady() {
        synchronized (lock) {
            long now = timers.nanoTime();
            countUntil(now);
            starting--;
            ready++;
            var replica = new Replica();
            Waiting next = queue.poll();
            if (next == null) {
                idle.addLast(replica);
            } else {
                busy++;
                begin(replica, next, now, now);
            }
        }
    }

    private void retireOne() {
        Replica spare = idle.pollLast();
        if (spare != null) {
            ready--;
        } else {
            leaving++;
        }
    }

    private void countUntil(long nowNanos) {
        long passed = nowNanos - countedUntilNanos;
        busyNanos += passed * busy;
        readyNanos += passed * ready;
        countedUntilNanos = nowNanos;
    }
}
