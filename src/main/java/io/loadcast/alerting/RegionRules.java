package io.loadcast.alerting;

import static io.loadcast.alerting.AlertSetting.*;

import io.loadcast.forecasting.AlertKind;
import java.util.List;

/**
 * The rules of one region.
 *
 * @param ofHours in the order in which they are asked; a rule that is off is there as {@link SwitchedOff}
 */
record RegionRules(List<HourRule> ofHours, Flatline flatline, FeedSilent feedSilent) {

    /**
     * The rule that a feed repeats one load.
     *
     * @param hours readings in a row that are suspect as flat
     * @param clearHours readings in a row that are not
     */
    record Flatline(boolean enabled, int hours, int clearHours) {}

    /**
     * The rule that a region is not read while others are.
     *
     * @param hours how far behind them
     */
    record FeedSilent(boolean enabled, int hours) {}

    RegionRules {
        ofHours = List.copyOf(ofHours);
    }

    static RegionRules of(AlertSettings.Values values) {
        return new RegionRules(
                List.of(
                        values.isOn(OUTSIDE_INTERVAL_ENABLED)
                                ? new OutsideInterval(
                                        values.whole(OUTSIDE_INTERVAL_HOURS),
                                        values.number(OUTSIDE_INTERVAL_BEYOND),
                                        values.number(OUTSIDE_INTERVAL_FAR),
                                        values.whole(OUTSIDE_INTERVAL_CLEAR_HOURS))
                                : new SwitchedOff(AlertKind.OUTSIDE_INTERVAL),
                        values.isOn(PEAK_ABOVE_ENABLED) && !Double.isNaN(values.number(PEAK_ABOVE_MW))
                                ? new PeakAbove(
                                        values.number(PEAK_ABOVE_MW),
                                        values.number(PEAK_ABOVE_MARGIN),
                                        values.whole(PEAK_ABOVE_HOURS),
                                        values.whole(PEAK_ABOVE_CLEAR_HOURS))
                                : new SwitchedOff(AlertKind.PEAK_ABOVE),
                        values.isOn(MODEL_DRIFT_ENABLED)
                                ? new ModelDrift(
                                        values.whole(MODEL_DRIFT_LEAD_HOURS),
                                        values.number(MODEL_DRIFT_ALLOWANCE),
                                        values.number(MODEL_DRIFT_THRESHOLD))
                                : new SwitchedOff(AlertKind.MODEL_DRIFT),
                        values.isOn(COVERAGE_LOST_ENABLED)
                                ? new CoverageLost(
                                        values.whole(COVERAGE_LOST_LEAD_HOURS),
                                        values.number(COVERAGE_LOST_BELOW_PCT),
                                        values.number(COVERAGE_LOST_MARGIN_PCT),
                                        values.whole(COVERAGE_LOST_HOURS),
                                        values.whole(COVERAGE_LOST_CLEAR_HOURS))
                                : new SwitchedOff(AlertKind.COVERAGE_LOST),
                        values.isOn(FALLBACK_IN_USE_ENABLED)
                                ? new FallbackInUse(
                                        values.whole(FALLBACK_IN_USE_HOURS), values.whole(FALLBACK_IN_USE_CLEAR_HOURS))
                                : new SwitchedOff(AlertKind.FALLBACK_IN_USE)),
                new Flatline(
                        values.isOn(FLATLINE_ENABLED),
                        values.whole(FLATLINE_HOURS),
                        values.whole(FLATLINE_CLEAR_HOURS)),
                new FeedSilent(values.isOn(FEED_SILENT_ENABLED), values.whole(FEED_SILENT_HOURS)));
    }
}
