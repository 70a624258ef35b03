package io.loadcast.alerting;

import io.loadcast.domain.EpochHour;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.Forecast;
import java.util.Map;

/**
 * The rule that the highest median of a forecast reaches a load that somebody has named.
 *
 * @param mw that load
 * @param margin how far below it the peak has to fall to be calm, as a share of it
 * @param hours forecasts in a row that raise it
 * @param clearHours forecasts in a row that clear it
 */
record PeakAbove(double mw, double margin, int hours, int clearHours) implements HourRule {

    @Override
    public AlertKind kind() {
        return AlertKind.PEAK_ABOVE;
    }

    @Override
    public Judgement judge(SettledHour hour, RegionAlerts state) {
        double peak = peakMw(hour.forecast());
        if (peak >= mw) {
            return Judgement.ALARMING;
        }
        return peak < mw * (1 - margin) ? Judgement.CALM : Judgement.BETWEEN;
    }

    private static double peakMw(Forecast forecast) {
        return forecast.p50Mw()[peakLeadHours(forecast) - 1];
    }

    private static int peakLeadHours(Forecast forecast) {
        int highest = 0;
        for (int i = 1; i < forecast.horizonHours(); i++) {
            if (forecast.p50Mw()[i] > forecast.p50Mw()[highest]) {
                highest = i;
            }
        }
        return highest + 1;
    }

    @Override
    public String message(SettledHour hour, RegionAlerts state, boolean isRaised) {
        Forecast forecast = hour.forecast();
        String peak = Evidence.mw(peakMw(forecast)) + " MW";
        return isRaised
                ? "a peak of " + peak + " is forecast in " + peakLeadHours(forecast) + " hours, at or above "
                        + Evidence.mw(mw) + " MW"
                : "the highest load that is forecast is " + peak + ", below " + Evidence.mw(mw) + " MW";
    }

    @Override
    public Map<String, String> evidence(SettledHour hour, RegionAlerts state) {
        Forecast forecast = hour.forecast();
        int lead = peakLeadHours(forecast);
        return Map.of(
                "threshold_mw", Evidence.mw(mw),
                "peak_mw", Evidence.mw(peakMw(forecast)),
                "peak_p10_mw", Evidence.mw(forecast.p10Mw()[lead - 1]),
                "peak_p90_mw", Evidence.mw(forecast.p90Mw()[lead - 1]),
                "peak_time", EpochHour.start(hour.hour() + lead).toString(),
                "lead_hours", Integer.toString(lead));
    }
}
