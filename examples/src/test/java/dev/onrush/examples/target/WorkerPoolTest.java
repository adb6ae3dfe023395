package dev.onrush.examples.target;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

class WorkerPoolTest {
    private final HandTimers timers = new HandTimers();
    private final Metrics metrics = new Metrics();
    private final Ledger ledger = new Ledger();

    @Test
    void oneReplicaServesTenRequestsOneAfterTheOther() {
        var pool = pool(Target.defaults().serviceTime(fixed(20)).scaling(Scaling.fixed(1)));

        submit(pool, 10);
        timers.advance(MILLISECONDS.toNanos(199));
        assertThat(ledger.servedMillis).hasSize(9);
        timers.advance(MILLISECONDS.toNanos(1));

        assertThat(ledger.servedMillis).containsExactly(20L, 40L, 60L, 80L, 100L, 120L, 140L, 160L, 180L, 200L);
    }

    @Test
    void twoReplicasHalveTheTime() {
        var pool = pool(Target.defaults().serviceTime(fixed(20)).scaling(Scaling.fixed(2)));

        submit(pool, 10);
        timers.advance(MILLISECONDS.toNanos(100));

        assertThat(ledger.servedMillis).containsExactly(20L, 20L, 40L, 40L, 60L, 60L, 80L, 80L, 100L, 100L);
    }

    @Test
    void refusesWith503WhatTheQueueCannotHold() {
        var pool = pool(Target.defaults()
                .serviceTime(fixed(20))
                .scaling(Scaling.fixed(1))
                .queueCapacity(3));

        submit(pool, 6);

        assertThat(pool.state().queueLength()).isEqualTo(3);
        assertThat(ledger.refusals)
                .containsExactly("503 the queue is full (3 requests wait)", "503 the queue is full (3 requests wait)");
    }

    @Test
    void answersAtOnceWithoutServiceTime() {
        var pool = pool(Target.defaults().serviceTime(ServiceTime.none()).queueCapacity(0));

        submit(pool, 100);

        assertThat(ledger.servedMillis).hasSize(100).containsOnly(0L);
    }

    @Test
    void reportsTheBusyShareOfTheLastInterval() {
        var pool = pool(Target.defaults().serviceTime(fixed(20)).scaling(Scaling.fixed(2)));

        submit(pool, 10);
        timers.advance(MILLISECONDS.toNanos(1000));

        assertThat(pool.state().utilisation()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void growsFromOneToFiveReplicasUnderFullLoadAndShrinksAgain() {
        var pool = pool(Target.defaults().serviceTime(fixed(20)).queueCapacity(100_000));
        List<Integer> replicas = new ArrayList<>();

        submit(pool, 10_000);
        for (int second = 1; second <= 100; second++) {
            timers.advance(MILLISECONDS.toNanos(1000));
            replicas.add(pool.state().ready());
        }

        assertThat(replicas.subList(0, 20)).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5);
        assertThat(replicas).last().isEqualTo(1);
        assertThat(ledger.servedMillis).hasSize(10_000);
        assertThat(pool.state().inService()).isZero();
    }

    @Test
    void refusesItsShareWith502WhileAReplicaStartsAndOnlyThen() {
        var pool = pool(Target.defaults()
                .serviceTime(fixed(1000))
                .queueCapacity(100_000)
                .scaling(Scaling.between(1, 2).failureShare(0.05)));

        submit(pool, 1000);
        assertThat(ledger.refusals).isEmpty();
        timers.advance(MILLISECONDS.toNanos(1500));
        assertThat(pool.state().starting()).isEqualTo(1);
        submit(pool, 10_000);
        assertThat(ledger.refusals)
                .hasSizeBetween(400, 600)
                .containsOnly("502 a replica is starting and not ready yet");
        ledger.refusals.clear();
        timers.advance(MILLISECONDS.toNanos(3000));
        submit(pool, 1000);

        assertThat(pool.state().ready()).isEqualTo(2);
        assertThat(ledger.refusals).isEmpty();
    }

    @Test
    void drawsTheSameServiceTimesFromTheSameSeed() {
        assertThat(endsWithSeed(7)).isEqualTo(endsWithSeed(7)).isNotEqualTo(endsWithSeed(8));
    }

    private static List<Long> endsWithSeed(long seed) {
        var test = new WorkerPoolTest();
        var pool = test.pool(Target.defaults()
                .serviceTime(ServiceTime.exponential(Duration.ofMillis(50)))
                .seed(seed));
        test.submit(pool, 50);
        test.timers.advance(MILLISECONDS.toNanos(60_000));
        return test.ledger.servedMillis;
    }

    private WorkerPool pool(Target target) {
        return new WorkerPool(target, timers, metrics);
    }

    private void submit(WorkerPool pool, int requests) {
        LongStream.range(0, requests).forEach(i -> pool.submit(ledger.job()));
    }

    private static ServiceTime fixed(long millis) {
        return ServiceTime.fixed(Duration.ofMillis(millis));
    }

    /** What became of each request; a second answer to one fails the test. */
    private final class Ledger {
        final List<Long> servedMillis = new ArrayList<>();
        final List<String> refusals = new ArrayList<>();

        WorkerPool.Job job() {
            return new WorkerPool.Job() {
                private boolean answered;

                @Override
                public void served() {
                    once();
                    servedMillis.add(timers.nanoTime() / 1_000_000);
                }

                @Override
                public void refused(int status, String reason) {
                    once();
                    refusals.add(status + " " + reason);
                }

                private void once() {
                    assertThat(answered).as("answered twice").isFalse();
                    answered = true;
                }
            };
        }
    }
}
