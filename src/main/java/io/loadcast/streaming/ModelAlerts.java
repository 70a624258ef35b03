package io.loadcast.streaming;

import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelRefusal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes alerts of models that are refused: one for each refusal and one for its end, whichever of the tasks that share the models asks
 * first. The id is of the model and of what it was assigned to, so that all instances, which refuse it alike, name one alert.
 * Remembers when it was raised until it is cleared. Thread-safe.
 */
final class ModelAlerts {
    private final Map<String, Long> raisedHours = new HashMap<>();

    /**
     * The alert of the oldest refusal, or end of one, that no task has taken; null if there is none.
     *
     * @param hour the event time of the task that asks
     */
    synchronized @Nullable Alert next(ForecastBatch batch, long hour) {
        ModelRefusal refusal = batch.takeRefusal();
        if (refusal == null) {
            return null;
        }
        String id = AlertKind.MODEL_REFUSED.key() + "/"
                + (refusal.region() == null ? "*" : refusal.region().name()) + "/" + refusal.role() + "/"
                + refusal.model().sha256();
        if (refusal.isRefused()) {
            raisedHours.put(id, hour);
            return alert(id, refusal, hour, null);
        }
        Long remembered = raisedHours.remove(id);
        long raised = remembered == null ? hour : remembered;
        return alert(id, refusal, raised, Math.max(raised, hour));
    }

    private static Alert alert(String id, ModelRefusal refusal, long raisedHour, @Nullable Long clearedHour) {
        String who = refusal.region() == null ? "all regions" : "region " + refusal.region();
        String what = refusal.role() + " " + name(refusal.model()) + " of " + who;
        String message = refusal.isRefused()
                ? what + " is refused: " + refusal.reason() + "; " + name(refusal.inForce()) + " forecasts"
                : what + " is no longer refused or assigned; " + name(refusal.inForce()) + " forecasts";
        Map<String, String> evidence = Map.of(
                "role", refusal.role(),
                "sha256", refusal.model().sha256(),
                "reason", refusal.reason(),
                "in_force", name(refusal.inForce()),
                "in_force_sha256", refusal.inForce().sha256());
        return new Alert(id, AlertKind.MODEL_REFUSED, refusal.region(), raisedHour, clearedHour, message, evidence);
    }

    private static String name(ModelId model) {
        return model.name().isEmpty() ? model.sha256() : model.name() + "@" + model.version();
    }
}
