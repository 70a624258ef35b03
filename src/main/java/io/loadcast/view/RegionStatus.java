package io.loadcast.view;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How it stands with a region, by event time: the first of these that holds. */
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

    /**
     * @param newest the newest hour that anything is known of; {@link Long#MIN_VALUE} while nothing is
     * @param newestOfAll that of all regions; {@link Long#MIN_VALUE} while none is confirmed
     */
    static RegionStatus of(long newest, RegionView.@Nullable NextHour forecast, long newestOfAll) {
        long behind = newest == Long.MIN_VALUE || newestOfAll == Long.MIN_VALUE ? 0 : newestOfAll - newest;
        if (behind > SILENT_HOURS) {
            return SILENT;
        }
        if (behind >= LATE_HOURS) {
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
