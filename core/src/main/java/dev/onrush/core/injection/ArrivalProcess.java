package dev.onrush.core.injection;

/** How users are spread under a rate. */
public enum ArrivalProcess {
    /** Evenly: each user starts when the rate's integral passes a whole number. */
    EVEN(""),
    /** The number of users is fixed, their instants are drawn under the rate. */
    RANDOMIZED(", at random instants"),
    /** As independent people come: the number varies too. */
    POISSON(", as a Poisson process");

    private final String words;

    ArrivalProcess(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
