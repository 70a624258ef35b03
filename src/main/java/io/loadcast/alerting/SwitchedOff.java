package io.loadcast.alerting;

import io.loadcast.forecasting.AlertKind;
import java.util.Map;

/** A rule that is switched off, in the place of the one of its kind: it clears what that one has raised. */
record SwitchedOff(AlertKind kind) implements HourRule {

    @Override
    public Judgement judge(SettledHour hour, RegionAlerts state) {
        return Judgement.OFF;
    }

    @Override
    public int hours() {
        return Integer.MAX_VALUE;
    }

    @Override
    public int clearHours() {
        return 1;
    }

    @Override
    public String message(SettledHour hour, RegionAlerts state, boolean isRaised) {
        return "the rule is switched off";
    }

    @Override
    public Map<String, String> evidence(SettledHour hour, RegionAlerts state) {
        return Map.of();
    }
}
