package io.loadcast.streaming;

import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.DeviceChange;
import io.loadcast.forecasting.ForecastBatch;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes alerts of an engine's changes of device: one for each change, whichever of the tasks that share the engine asks first.
 * Remembers when an alert was raised until it is cleared, so that a task whose event time is behind does not clear it earlier.
 * Thread-safe.
 */
final class DeviceAlerts {
    private final Map<String, Long> raisedHours = new HashMap<>();

    /**
     * The alert of the oldest change that no task has taken, or null if there is none.
     *
     * @param hour the event time of the task that asks
     */
    synchronized @Nullable Alert next(ForecastBatch batch, long hour) {
        DeviceChange change = batch.takeDeviceChange();
        if (change == null) {
            return null;
        }
        if (change.isLost()) {
            raisedHours.put(change.incident(), hour);
            return alert(
                    change, hour, null, "device " + change.device() + " is lost; forecasts run on " + change.inUse());
        }
        Long remembered = raisedHours.remove(change.incident());
        long raised = remembered == null ? hour : remembered;
        return alert(
                change,
                raised,
                Math.max(raised, hour),
                "device " + change.device() + " is back; forecasts run on " + change.inUse());
    }

    private static Alert alert(DeviceChange change, long raisedHour, @Nullable Long clearedHour, String message) {
        return new Alert(
                AlertKind.DEVICE_LOST.key() + "/" + change.device() + "/" + change.incident(),
                AlertKind.DEVICE_LOST,
                null,
                raisedHour,
                clearedHour,
                message,
                Map.of("device", change.device(), "in_use", change.inUse(), "reason", change.reason()));
    }
}
