package io.loadcast.forecasting;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.HoursOfWeek;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The choice among what stands in for the model: of the {@linkplain Rung rungs} that can be computed the one with the smallest running
 * sMAPE in the region; the higher one where either has none yet. Not thread-safe: it keeps calendars.
 */
final class Ladder {
    private final RegionCalendars civilCalendars;
    private final Map<CivilCalendar, HoursOfWeek> hoursOfWeek = new HashMap<>();

    Ladder(RegionCalendars civilCalendars) {
        this.civilCalendars = civilCalendars;
    }

    /**
     * A rung that is chosen.
     *
     * @param p50Mw its medians by lead time, MW at the published precision
     * @param profile by which it is scored
     * @param remark what became of the rungs above it; empty at the top
     */
    record Choice(Rung rung, double[] p50Mw, LoadProfile profile, String remark) {}

    /** The profile of a region whose clock enters a day with an hour that is due. */
    LoadProfile entered(Region region, RegionState state, LoadProfile before, long dueHour) {
        return ProfileDay.entered(before, state, dueHour, hoursOfWeekOf(region));
    }

    /**
     * What stands in for the model at an hour that is due; null if no rung can be computed.
     *
     * @param horizonHours as far as the model looks
     */
    @Nullable
    Choice choose(Region region, RegionState state, LoadProfile profile, long dueHour, int horizonHours) {
        KnownLoads loads = KnownLoads.at(state, dueHour);
        HoursOfWeek weeks = hoursOfWeekOf(region);
        Set<Rung> computed = EnumSet.noneOf(Rung.class);
        Rung chosen = null;
        double[] chosenMw = {};
        for (Rung rung : Rung.values()) {
            double[] p50Mw = rung.p50Mw(loads, profile, weeks, horizonHours);
            if (p50Mw != null) {
                computed.add(rung);
                if (chosen == null || smapePct(profile, rung, horizonHours) < smapePct(profile, chosen, horizonHours)) {
                    chosen = rung;
                    chosenMw = p50Mw;
                }
            }
        }
        return chosen == null
                ? null
                : new Choice(chosen, chosenMw, profile, remark(chosen, computed, profile, horizonHours));
    }

    private HoursOfWeek hoursOfWeekOf(Region region) {
        return hoursOfWeek.computeIfAbsent(civilCalendars.of(region), HoursOfWeek::new);
    }

    /** The mean over the scored lead times that are forecast; NaN, which compares with nothing, unless all were scored. */
    private static double smapePct(LoadProfile profile, Rung rung, int horizonHours) {
        double sum = 0;
        int count = 0;
        for (int lead = 0; lead < LoadProfile.SCORED_LEADS.length; lead++) {
            if (LoadProfile.SCORED_LEADS[lead] <= horizonHours) {
                sum += profile.isScored(rung, lead) ? profile.smapePct(rung, lead) : Double.NaN;
                count++;
            }
        }
        return sum / count;
    }

    private static String remark(Rung chosen, Set<Rung> computed, LoadProfile profile, int horizonHours) {
        List<String> tooLittle = new ArrayList<>();
        List<String> passed = new ArrayList<>();
        for (Rung above : EnumSet.range(Rung.HOUR_OF_WEEK, chosen)) {
            if (!computed.contains(above)) {
                tooLittle.add(above.key());
            } else if (above != chosen) {
                passed.add(scored(above, profile, horizonHours));
            }
        }
        return (tooLittle.isEmpty() ? "" : "; too little for " + String.join(" and ", tooLittle))
                + (passed.isEmpty()
                        ? ""
                        : "; " + scored(chosen, profile, horizonHours) + " against " + String.join(" and ", passed)
                                + " here");
    }

    private static String scored(Rung rung, LoadProfile profile, int horizonHours) {
        double pct = smapePct(profile, rung, horizonHours);
        return rung.key() + (Double.isNaN(pct) ? " not scored" : " " + Math.round(pct * 10) / 10.0 + " %");
    }
}
