package io.loadcast.forecasting;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import java.util.Map;

/** The alert that so much of a region's lookback is missing that the model cannot forecast it. */
final class FeedGap {
    private FeedGap() {}

    /**
     * It begins.
     *
     * @param hour whose forecast is the first that the model does not make
     * @param reason why, as a forecast says it
     */
    static Alert raised(Region region, long hour, InputGaps gaps, String reason, boolean isFallback) {
        return new Alert(
                id(region, hour),
                AlertKind.FEED_GAP,
                region,
                hour,
                null,
                "region " + region + ": " + reason + "; "
                        + (isFallback ? "a simple baseline forecasts" : "there is no forecast"),
                evidence(gaps, isFallback));
    }

    /**
     * It is over.
     *
     * @param hour whose forecast the model makes again
     */
    static Alert cleared(Region region, long raisedHour, long hour, InputGaps gaps) {
        return new Alert(
                id(region, raisedHour),
                AlertKind.FEED_GAP,
                region,
                raisedHour,
                hour,
                "region " + region + ": the model forecasts again",
                evidence(gaps, false));
    }

    private static String id(Region region, long raisedHour) {
        return AlertKind.FEED_GAP.key() + "/" + region + "/" + EpochHour.start(raisedHour);
    }

    private static Map<String, String> evidence(InputGaps gaps, boolean isFallback) {
        return Map.of(
                "lookback_hours", Integer.toString(gaps.hours()),
                "missing_hours", Integer.toString(gaps.missing()),
                "suspect_hours", Integer.toString(gaps.suspect()),
                "longest_run_hours", Integer.toString(gaps.longestRun()),
                "fallback", Boolean.toString(isFallback));
    }
}
