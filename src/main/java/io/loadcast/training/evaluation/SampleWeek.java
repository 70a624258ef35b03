package io.loadcast.training.evaluation;

import java.time.ZoneId;

/**
 * A week of one region's test as it was forecast, for the eye. All loads are in MW, one per hour from the first, and NaN where
 * there is none.
 *
 * @param zone the region's civil time
 * @param firstHour valid time of the first
 * @param leadHours how far ahead {@code medianMw} and its interval were forecast
 * @param actualMw what was read
 * @param nextHourMw the medians of one hour ahead
 * @param medianMw the medians of {@code leadHours} ahead
 * @param lowMw p10 of {@code leadHours} ahead
 * @param highMw p90 of {@code leadHours} ahead
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read by index
record SampleWeek(
        ZoneId zone,
        long firstHour,
        int leadHours,
        double[] actualMw,
        double[] nextHourMw,
        double[] medianMw,
        double[] lowMw,
        double[] highMw) {
    static final int HOURS = 7 * 24;
}
