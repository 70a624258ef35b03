package io.loadcast.alerting;

import io.loadcast.forecasting.AlertKind;
import java.util.Map;

/** A rule over the hours of a region, in the order of their forecasts. Stateless: what it has to remember lies in {@link RegionAlerts}. */
sealed interface HourRule permits OutsideInterval, PeakAbove, ModelDrift, CoverageLost, FallbackInUse, SwitchedOff {

    AlertKind kind();

    /** Looks at an hour; called once for each, with the region's state, which it may change. */
    Judgement judge(SettledHour hour, RegionAlerts state);

    /** How many alarming hours in a row raise it. */
    int hours();

    /** How many calm hours in a row clear it. */
    int clearHours();

    /** One sentence of the hour that raised it, or that cleared it. */
    String message(SettledHour hour, RegionAlerts state, boolean isRaised);

    /** The numbers of that hour, by name. */
    Map<String, String> evidence(SettledHour hour, RegionAlerts state);
}
