package io.loadcast.alerting;

import org.jspecify.annotations.Nullable;

/**
 * A number that a rule goes by: its name below {@code loadcast.alerts.}, what it is if nobody says otherwise, and what it may be. The
 * defaults are calibrated on the PJM archive; {@code docs/alerts.md} has the figures.
 */
public enum AlertSetting {
    OUTSIDE_INTERVAL_ENABLED("outside-interval.enabled", true),
    /** Hours outside in a row that raise it. */
    OUTSIDE_INTERVAL_HOURS("outside-interval.hours", 5, 1, 168),
    /** How far outside each of them has to be, in half-widths of the interval. */
    OUTSIDE_INTERVAL_BEYOND("outside-interval.beyond", 1.5, 1.0, 100.0),
    /** How far outside a single hour has to be, in half-widths. */
    OUTSIDE_INTERVAL_FAR("outside-interval.far", 8.0, 1.0, 999.0),
    OUTSIDE_INTERVAL_CLEAR_HOURS("outside-interval.clear-hours", 6, 1, 168),

    PEAK_ABOVE_ENABLED("peak-above.enabled", true),
    /** The load that the forecast peak has to reach; without it the rule is off. */
    PEAK_ABOVE_MW("peak-above.mw", null, 0.0, 1e9),
    PEAK_ABOVE_HOURS("peak-above.hours", 2, 1, 168),
    /** How far below the load the peak has to fall, as a share of it. */
    PEAK_ABOVE_MARGIN("peak-above.margin", 0.02, 0.0, 0.9),
    PEAK_ABOVE_CLEAR_HOURS("peak-above.clear-hours", 6, 1, 168),

    FEED_SILENT_ENABLED("feed-silent.enabled", true),
    /** How far behind the front. */
    FEED_SILENT_HOURS("feed-silent.hours", 6, 1, 8784),
    /** How many regions of a partition make the front, at least. */
    FEED_SILENT_REGIONS("feed-silent.regions", 2, 2, 1_000_000),
    /** And what share of them. */
    FEED_SILENT_SHARE("feed-silent.share", 0.1, 0.0, 1.0),

    FLATLINE_ENABLED("flatline.enabled", true),
    /** Readings in a row that are suspect for being flat. */
    FLATLINE_HOURS("flatline.hours", 1, 1, 168),
    FLATLINE_CLEAR_HOURS("flatline.clear-hours", 3, 1, 168),

    MODEL_DRIFT_ENABLED("model-drift.enabled", true),
    MODEL_DRIFT_LEAD_HOURS("model-drift.lead-hours", 24, 1, 24),
    /** How much worse than the baseline a day may be without counting. */
    MODEL_DRIFT_ALLOWANCE("model-drift.allowance", 0.0, 0.0, 1.0),
    /** The sum of days' excesses that raises it. */
    MODEL_DRIFT_THRESHOLD("model-drift.threshold", 3.0, 0.1, 1000.0),

    COVERAGE_LOST_ENABLED("coverage-lost.enabled", true),
    COVERAGE_LOST_LEAD_HOURS("coverage-lost.lead-hours", 24, 1, 24),
    COVERAGE_LOST_BELOW_PCT("coverage-lost.below-pct", 50.0, 0.0, 80.0),
    /** How far above that coverage has to rise. */
    COVERAGE_LOST_MARGIN_PCT("coverage-lost.margin-pct", 10.0, 0.0, 20.0),
    COVERAGE_LOST_HOURS("coverage-lost.hours", 24, 1, 168),
    COVERAGE_LOST_CLEAR_HOURS("coverage-lost.clear-hours", 24, 1, 168),

    FALLBACK_IN_USE_ENABLED("fallback-in-use.enabled", true),
    FALLBACK_IN_USE_HOURS("fallback-in-use.hours", 3, 1, 168),
    FALLBACK_IN_USE_CLEAR_HOURS("fallback-in-use.clear-hours", 3, 1, 168),

    DEAD_LETTERS_ENABLED("dead-letters.enabled", true),
    /** Offsets of a partition that are looked at together. */
    DEAD_LETTERS_RECORDS("dead-letters.records", 1000, 10, 1_000_000),
    /** The share of them that raises it. */
    DEAD_LETTERS_SHARE("dead-letters.share", 0.02, 0.0, 1.0);

    private enum Form {
        SWITCH,
        WHOLE,
        NUMBER
    }

    private final String key;
    private final Form form;
    private final double byDefault;
    private final double least;
    private final double most;

    AlertSetting(String key, boolean byDefault) {
        this(key, Form.SWITCH, byDefault ? 1 : 0, 0, 1);
    }

    AlertSetting(String key, int byDefault, int least, int most) {
        this(key, Form.WHOLE, byDefault, least, most);
    }

    AlertSetting(String key, @Nullable Double byDefault, double least, double most) {
        this(key, Form.NUMBER, byDefault == null ? Double.NaN : byDefault, least, most);
    }

    AlertSetting(String key, Form form, double byDefault, double least, double most) {
        this.key = key;
        this.form = form;
        this.byDefault = byDefault;
        this.least = least;
        this.most = most;
    }

    /** The name below {@code loadcast.alerts.}, such as {@code outside-interval.hours}. */
    public String key() {
        return key;
    }

    /** The default, as one would write it; {@code none} if there is none. */
    public String defaultText() {
        return text(byDefault);
    }

    double byDefault() {
        return byDefault;
    }

    /** Whether it can differ between the regions of a partition. */
    boolean isOfARegion() {
        return this != FEED_SILENT_REGIONS
                && this != FEED_SILENT_SHARE
                && this != DEAD_LETTERS_ENABLED
                && this != DEAD_LETTERS_RECORDS
                && this != DEAD_LETTERS_SHARE;
    }

    private String text(double value) {
        return switch (form) {
            case SWITCH -> Boolean.toString(value != 0);
            case WHOLE -> Long.toString(Math.round(value));
            case NUMBER ->
                Double.isNaN(value)
                        ? "none"
                        : value == Math.rint(value) ? Long.toString(Math.round(value)) : Double.toString(value);
        };
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException if it cannot be; the message begins with what was written
     */
    double parse(String value) {
        if (form == Form.SWITCH) {
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException("'" + value + "'; write true or false");
            }
            return value.equals("true") ? 1 : 0;
        }
        double number;
        try {
            number = form == Form.WHOLE ? Integer.parseInt(value) : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + value + "'; write a " + (form == Form.WHOLE ? "whole " : "") + "number from " + text(least)
                            + " to " + text(most),
                    e);
        }
        if (!(number >= least && number <= most)) {
            throw new IllegalArgumentException(value + "; from " + text(least) + " to " + text(most));
        }
        return number;
    }
}
