package io.loadcast.alerting;

import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.ForecastQuality;
import java.util.Locale;
import java.util.Map;

/**
 * The rule that the fallback forecasts a region though its readings would do: it is past its warm-up, and no
 * {@linkplain AlertKind#FEED_GAP gap in its feed} is to blame, of which there is an alert already.
 *
 * @param hours in a row that raise it; at least 2, as of the first hour of a gap the forecast comes before the alert
 * @param clearHours forecasts of the model, in a row, that clear it
 */
record FallbackInUse(int hours, int clearHours) implements HourRule {

    @Override
    public AlertKind kind() {
        return AlertKind.FALLBACK_IN_USE;
    }

    @Override
    public Judgement judge(SettledHour hour, RegionAlerts state) {
        if (hour.forecast().quality() != ForecastQuality.FALLBACK) {
            return Judgement.CALM;
        }
        return state.modelHasForecast() && !state.hasFeedGap() ? Judgement.ALARMING : Judgement.BETWEEN;
    }

    @Override
    public int raiseAfter() {
        return hours;
    }

    @Override
    public int clearAfter() {
        return clearHours;
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
        return Map.of(
                "quality", forecast.quality().name().toLowerCase(Locale.ROOT),
                "reason", reason(forecast));
    }

    private static String reason(Forecast forecast) {
        return forecast.reason() == null ? "" : forecast.reason();
    }
}
