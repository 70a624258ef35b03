package io.loadcast.forecasting;

/**
 * The error of one lead time over a number of hours.
 *
 * @param count hours scored
 * @param smapePct mean sMAPE of the model's median, percent; 0 if nothing was scored
 * @param baselineSmapePct mean sMAPE of the ratio baseline over the same hours, percent
 * @param coveragePct share of hours whose load lay inside [p10, p90], percent; 80 is perfect
 */
public record RunningScore(int count, double smapePct, double baselineSmapePct, double coveragePct) {}
