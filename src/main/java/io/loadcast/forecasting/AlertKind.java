package io.loadcast.forecasting;

import java.util.Locale;

/** What an {@link Alert} is about. */
public enum AlertKind {
    /** The device that forecasts should run on failed; they run on another, more slowly. */
    DEVICE_LOST(Severity.WARNING),
    /** So much of a region's lookback is missing that the model cannot forecast it. */
    FEED_GAP(Severity.WARNING),
    /** Loads of a region lie outside the forecast interval: far outside, or hour after hour. */
    OUTSIDE_INTERVAL(Severity.WARNING),
    /** The forecast peak of a region reaches a load that somebody has named. */
    PEAK_ABOVE(Severity.WARNING),
    /** A region is not read while others are. */
    FEED_SILENT(Severity.CRITICAL),
    /** A region's feed repeats one load. */
    FLATLINE(Severity.WARNING),
    /** The model has been worse than the baseline for days. */
    MODEL_DRIFT(Severity.WARNING),
    /** The interval has held far fewer loads than it should. */
    COVERAGE_LOST(Severity.WARNING),
    /** The fallback forecasts a region though its readings would do for the model. */
    FALLBACK_IN_USE(Severity.WARNING),
    /** Too many records of a partition become dead letters. */
    DEAD_LETTERS(Severity.WARNING),
    /** A model that was assigned cannot be served; the one before forecasts. */
    MODEL_REFUSED(Severity.WARNING),
    /** A challenger was better than the champion of a region, or of all, and takes its place. */
    MODEL_PROMOTED(Severity.INFO),
    /** The champion before was better than the champion of a region, or of all, and takes its place again. */
    MODEL_ROLLED_BACK(Severity.INFO);

    /** How soon somebody should look. */
    public enum Severity {
        /** When there is time. */
        INFO,
        /** Today: nothing is lost yet. */
        WARNING,
        /** Now: forecasts are wrong or missing. */
        CRITICAL;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Severity severity;

    AlertKind(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }

    /** The name in records: {@code device-lost}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
