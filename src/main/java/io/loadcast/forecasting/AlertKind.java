package io.loadcast.forecasting;

import java.util.Locale;

/** What an {@link Alert} is about. */
public enum AlertKind {
    /** The device that forecasts should run on failed; they run on another, more slowly. */
    DEVICE_LOST(Severity.WARNING),
    /** So much of a region's lookback is missing that the model cannot forecast it. */
    FEED_GAP(Severity.WARNING),
    /** A model that was assigned cannot be served; the one before forecasts. */
    MODEL_REFUSED(Severity.WARNING);

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
