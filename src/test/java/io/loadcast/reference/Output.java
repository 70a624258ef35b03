package io.loadcast.reference;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record that comes out for one region, in the terms of {@code docs/topics.md}. Hours are counted from the epoch. */
public sealed interface Output {
    String region();

    /** Whether a record that came out is the expected one: all fields are equal, percents to half of the last published digit. */
    default boolean isShownBy(Output actual) {
        return equals(actual);
    }

    record Forecast(
            String region,
            long issueHour,
            int revision,
            String method,
            String quality,
            @Nullable String reason,
            List<Double> p10Mw,
            List<Double> p50Mw,
            List<Double> p90Mw)
            implements Output {}

    record Score(
            String region,
            long validHour,
            int leadHours,
            int revision,
            double actualMw,
            double forecastMw,
            double baselineMw,
            double smapePct,
            double baselineSmapePct,
            boolean inInterval,
            Running last24h,
            Running last168h,
            Running all)
            implements Output {

        @Override
        public boolean isShownBy(Output output) {
            return output instanceof Score actual
                    && region.equals(actual.region)
                    && validHour == actual.validHour
                    && leadHours == actual.leadHours
                    && revision == actual.revision
                    && actualMw == actual.actualMw
                    && forecastMw == actual.forecastMw
                    && baselineMw == actual.baselineMw
                    && isNear(smapePct, actual.smapePct)
                    && isNear(baselineSmapePct, actual.baselineSmapePct)
                    && inInterval == actual.inInterval
                    && last24h.isShownBy(actual.last24h)
                    && last168h.isShownBy(actual.last168h)
                    && all.isShownBy(actual.all);
        }
    }

    /** The score of one lead time over a window of hours, in percent. */
    record Running(int count, double smapePct, double baselineSmapePct, double coveragePct) {
        boolean isShownBy(Running actual) {
            return count == actual.count
                    && isNear(smapePct, actual.smapePct)
                    && isNear(baselineSmapePct, actual.baselineSmapePct)
                    && isNear(coveragePct, actual.coveragePct);
        }
    }

    /**
     * An alert of a gap in the feed. Of alerts the reference predicts no others: their rules only look at what is checked here, and
     * have tests of their own.
     *
     * @param clearedHour null if it is raised
     */
    record GapAlert(
            String region,
            String id,
            long raisedHour,
            @Nullable Long clearedHour,
            Map<String, String> evidence) implements Output {}

    /**
     * The dead letter of a reading that was held and not confirmed.
     *
     * @param clockHour the region's newest reading then; null if it had none
     */
    record Unconfirmed(
            String region,
            long validHour,
            double loadMw,
            @Nullable Long clockHour) implements Output {}

    private static boolean isNear(double expected, double actual) {
        return Math.abs(expected - actual) <= 0.5e-4 + 1e-9;
    }
}
