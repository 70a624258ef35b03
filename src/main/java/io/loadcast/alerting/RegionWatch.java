package io.loadcast.alerting;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.AlertKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A region while its task runs: its rules, what they remember, and its clock. Not thread-safe. */
final class RegionWatch {
    private final Region region;
    private final RegionRules rules;
    private final RegionAlerts alerts;

    /** The hour of its newest reading; null before the first that was accepted. */
    private @Nullable Long clock;

    private boolean isNoted;

    RegionWatch(Region region, RegionRules rules, RegionAlerts alerts) {
        this.region = region;
        this.rules = rules;
        this.alerts = alerts;
    }

    Region region() {
        return region;
    }

    RegionRules rules() {
        return rules;
    }

    RegionAlerts alerts() {
        return alerts;
    }

    @Nullable
    Long clock() {
        return clock;
    }

    void clockIs(long hour) {
        clock = hour;
    }

    /** Whether it has changed and nobody has been told so since {@link #takePacked}. */
    boolean isToBeNoted() {
        boolean first = alerts.isChanged() && !isNoted;
        isNoted |= first;
        return first;
    }

    /** What is to be stored. */
    byte[] takePacked() {
        isNoted = false;
        return alerts.takePacked();
    }

    /** Raises or clears the alert of a kind, whichever is its turn. */
    Alert change(AlertKind kind, long hour, String message, Map<String, String> evidence) {
        if (!alerts.isRaised(kind)) {
            alerts.raise(kind, hour);
            return alert(kind, hour, null, message, evidence);
        }
        long raisedHour = alerts.raisedHour(kind);
        alerts.clear(kind);
        return alert(kind, raisedHour, Math.max(raisedHour, hour), message, evidence);
    }

    private Alert alert(
            AlertKind kind, long raisedHour, @Nullable Long clearedHour, String message, Map<String, String> evidence) {
        return new Alert(
                kind.key() + "/" + region + "/" + EpochHour.start(raisedHour),
                kind,
                region,
                raisedHour,
                clearedHour,
                "region " + region + ": " + message,
                evidence);
    }
}
