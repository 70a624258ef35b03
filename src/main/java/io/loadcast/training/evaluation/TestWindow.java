package io.loadcast.training.evaluation;

/**
 * What one forecast of a test sees, and what then happened.
 *
 * @param issueHour the hour (see {@link io.loadcast.domain.EpochHour}) of the last load seen
 * @param lookbackMw loads in MW, oldest first, all finite
 * @param actualMw the loads forecast, in MW, at index {@code lead − 1}; NaN where there is none to score
 * @param weekBeforeMw the loads {@link #WEEK_HOURS} hours before these; no model sees them; NaN where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read by index
record TestWindow(long issueHour, float[] lookbackMw, float[] actualMw, float[] weekBeforeMw) {
    static final int WEEK_HOURS = 7 * 24;
}
