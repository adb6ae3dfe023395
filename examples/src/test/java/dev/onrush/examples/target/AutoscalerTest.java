package dev.onrush.examples.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoscalerTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0.74, 1",
        "1, 0.75, 1",
        "1, 0.76, 2",
        "1, 1.0, 2",
        "2, 1.0, 3",
        "4, 0.8, 5",
        "5, 1.0, 5",
        "3, 0.75, 3"
    })
    void asksForAsManyReplicasAsBringUtilisationToThreeQuarters(int ready, double utilisation, int wanted) {
        assertThat(new Autoscaler(Scaling.between(1, 5)).wanted(ready, utilisation, 0))
                .isEqualTo(wanted);
    }

    @Test
    void takesOneReplicaAwayAfterEachTimeOfCalm() {
        var scaler = new Autoscaler(Scaling.between(1, 5).calmBeforeDown(Duration.ofNanos(10)));

        assertThat(scaler.wanted(3, 0.1, 100)).isEqualTo(3);
        assertThat(scaler.wanted(3, 0.1, 109)).isEqualTo(3);
        assertThat(scaler.wanted(3, 0.1, 110)).isEqualTo(2);
        assertThat(scaler.wanted(2, 0.1, 119)).isEqualTo(2);
        assertThat(scaler.wanted(2, 0.1, 120)).isEqualTo(1);
        assertThat(scaler.wanted(1, 0.0, 200)).isEqualTo(1);
    }

    @Test
    void startsTheCalmAgainAfterABusyInterval() {
        var scaler = new Autoscaler(Scaling.between(1, 5).calmBeforeDown(Duration.ofNanos(10)));

        scaler.wanted(2, 0.1, 0);
        scaler.wanted(2, 0.7, 9);

        assertThat(scaler.wanted(2, 0.1, 12)).isEqualTo(2);
        assertThat(scaler.wanted(2, 0.1, 22)).isEqualTo(1);
    }
}
