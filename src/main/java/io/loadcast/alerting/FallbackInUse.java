package io.loadcast.alerting;

import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.FallbackCause;
import io.loadcast.forecasting.Forecast;
import java.util.Map;

/**
 * The rule that the fallback forecasts a region though its readings would do for the model. A warm-up is no alert, and of a gap in the
 * feed there is {@linkplain AlertKind#FEED_GAP one} already.
 *
 * @param hours in a row that raise it
 * @param clearHours forecasts of the model, in a row, that clear it
 */
record FallbackInUse(int hours, int clearHours) implements HourRule {

    @Override
    public AlertKind kind() {
        return AlertKind.FALLBACK_IN_USE;
    }

    @Override
    public Judgement judge(SettledHour hour, RegionAlerts state) {
        FallbackCause cause = hour.forecast().cause();
        if (cause == null) {
            return Judgement.CALM;
        }
        return switch (cause) {
            case WARMING_UP, LONG_GAP -> Judgement.BETWEEN;
            case UNKNOWN_REGION, NOT_FINITE -> Judgement.ALARMING;
        };
    }

    @Override
    public String message(SettledHour hour, RegionAlerts state, boolean isRaised) {
        return isRaised
                ? "the last " + hours + " forecasts are not the model's: " + reason(hour.forecast())
                : "the model forecasts again";
    }

    @Override
    public Map<String, String> evidence(SettledHour hour, RegionAlerts state) {
        Forecast forecast = hour.forecast();
        return Map.of("method", forecast.method().key(), "reason", reason(forecast));
    }

    private static String reason(Forecast forecast) {
        return forecast.reason() == null ? "" : forecast.reason();
    }
}
