package io.loadcast.view;

import java.util.Locale;

/** How it stands with a region, by event time: what matters most of several. */
public enum RegionStatus {
    /** Its newest hour lies more than a day behind the newest of all regions. */
    SILENT,
    /** Its newest hour lies some hours behind the newest of all regions. */
    LATE,
    /** It has no forecast yet. */
    WARMING_UP,
    /** A simple baseline forecasts in the model's place. */
    FALLBACK,
    /** The model forecasts it. */
    LIVE;

    /** Feeds are seldom of the same minute, and a replay of several is not either. */
    private static final int LATE_HOURS = 3;

    private static final int SILENT_HOURS = 24;

    static RegionStatus of(RegionView region, long newestOfAll) {
        Long newest = region.newestHour();
        RegionView.NextHour forecast = region.nextHour();
        if (newest != null && newestOfAll - newest > SILENT_HOURS) {
            return SILENT;
        }
        if (newest != null && newestOfAll - newest >= LATE_HOURS) {
            return LATE;
        }
        if (forecast == null) {
            return WARMING_UP;
        }
        return forecast.quality().equals("fallback") ? FALLBACK : LIVE;
    }

    /** As it is written in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
