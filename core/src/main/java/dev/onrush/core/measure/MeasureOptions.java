package dev.onrush.core.measure;

/**
 * How much memory the statistics of a log may take.
 *
 * @param timelineCells figures on the time axis: the step doubles when there would be more
 * @param seriesBytes what the figures of each name, step by step, may take: their step doubles when it would be more
 * @param fullHistograms histograms that may be unpacked (about 100 KB each) because their name is busy
 */
public record MeasureOptions(int timelineCells, long seriesBytes, int fullHistograms) {
    public static final MeasureOptions DEFAULT = new MeasureOptions(150_000, 16 << 20, 200);
}
