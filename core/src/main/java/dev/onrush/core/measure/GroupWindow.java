package dev.onrush.core.measure;

/**
 * What became of one group in one or more steps of the run: of the users that left it there, without those of the warm-up.
 *
 * @param okDuration from entering to leaving, with pauses
 * @param okCumulated the response times of its requests, added up
 */
public record GroupWindow(
        long ok,
        long ko,
        TimeCounts okDuration,
        TimeCounts koDuration,
        TimeCounts okCumulated,
        TimeCounts koCumulated) {
    static final int OK_DURATION = 0;
    static final int KO_DURATION = 1;
    static final int OK_CUMULATED = 2;
    static final int KO_CUMULATED = 3;

    static GroupWindow of(StepFigures figures) {
        return new GroupWindow(
                figures.ok(),
                figures.ko(),
                figures.times(OK_DURATION),
                figures.times(KO_DURATION),
                figures.times(OK_CUMULATED),
                figures.times(KO_CUMULATED));
    }

    public long total() {
        return ok + ko;
    }

    /** Of OK and KO together. */
    public TimeCounts duration() {
        return okDuration.plus(koDuration);
    }

    /** Of OK and KO together. */
    public TimeCounts cumulated() {
        return okCumulated.plus(koCumulated);
    }
}
