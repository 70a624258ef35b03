package io.loadcast.forecasting;

import io.loadcast.domain.HoursOfWeek;
import io.loadcast.domain.Smape;

/**
 * What a region's {@link LoadProfile} becomes when its clock enters a new day: each rung is scored by the hours of the day that is over,
 * then the hours of the day before that are learnt.
 *
 * <p>The order and the lag are what keeps the future out. The profile by which a day is scored knows nothing of it, nor of the day
 * before, in which the forecasts a day ahead were issued. All is taken from hours that the state holds for certain at the first
 * hour of the new day that is due, so it does not depend on how many have come since.
 *
 * <p>It is exponential smoothing with a season of a week, multiplicative and without a trend (Winters, "Forecasting sales by exponentially
 * weighted moving averages", 1960), a day at a time: the level moves {@value #LEVEL_PART} of the way to the day's, the load of an hour of
 * the week {@value #SHAPE_PART} of the way to what was read over the level. Only sums, products and quotients, so it is the same on all machines.
 */
final class ProfileDay {
    private static final double LEVEL_PART = 0.5;
    private static final double SHAPE_PART = 0.3;

    /** What a score's weight becomes from one day to the next: days of a week ago count a third. */
    private static final double FORGETTING = 6.0 / 7;

    private static final int DAY_HOURS = 24;
    private static final Rung[] RUNGS = Rung.values();

    private final HoursOfWeek hoursOfWeek;
    private final KnownLoads loads;
    private final LoadProfile before;
    private final LoadProfile after;

    private ProfileDay(LoadProfile before, int day, KnownLoads loads, HoursOfWeek hoursOfWeek) {
        this.hoursOfWeek = hoursOfWeek;
        this.loads = loads;
        this.before = before;
        this.after = before.copyIn(day);
    }

    /**
     * The profile in the day of an hour that is due.
     *
     * @param before of an earlier day, or empty
     */
    static LoadProfile entered(LoadProfile before, RegionState state, long dueHour, HoursOfWeek hoursOfWeek) {
        int day = ScoredDay.dayOf(dueHour);
        ProfileDay entered = new ProfileDay(before, day, KnownLoads.at(state, dueHour), hoursOfWeek);
        long dayStart = (long) day * DAY_HOURS;
        long firstScored = before.hasDay() ? (long) before.day() * DAY_HOURS : dayStart - DAY_HOURS;
        entered.score(firstScored, dayStart);
        // In their order: all that the days before had not learnt, for a profile that knows nothing all that is there.
        long firstLearnt = before.hasDay() ? firstScored - DAY_HOURS : Long.MIN_VALUE;
        for (long start = firstDay(Math.max(firstLearnt, entered.loads.oldestHour()));
                start < dayStart - DAY_HOURS;
                start += DAY_HOURS) {
            entered.learn(start);
        }
        return entered.after;
    }

    private static long firstDay(long hour) {
        return (long) ScoredDay.dayOf(hour) * DAY_HOURS;
    }

    private void score(long from, long to) {
        for (int lead = 0; lead < LoadProfile.SCORED_LEADS.length; lead++) {
            score(lead, Math.max(from, loads.oldestHour()), to);
        }
    }

    /** Over the forecasts that were, or could have been, issued at hours that were read. */
    private void score(int lead, long from, long to) {
        int leadHours = LoadProfile.SCORED_LEADS[lead];
        double[] sums = new double[RUNGS.length];
        int[] counts = new int[RUNGS.length];
        for (long hour = from; hour < to; hour++) {
            float actualMw = loads.mw(hour);
            if (!Float.isNaN(actualMw) && loads.isRead(hour - leadHours)) {
                KnownLoads known = loads.asOf(hour - leadHours);
                for (int rung = 0; rung < RUNGS.length; rung++) {
                    double mw = RUNGS[rung].publishedMw(known, before, hoursOfWeek, leadHours);
                    if (!Double.isNaN(mw)) {
                        sums[rung] += Smape.termPct(actualMw, mw);
                        counts[rung]++;
                    }
                }
            }
        }
        for (int rung = 0; rung < RUNGS.length; rung++) {
            keep(RUNGS[rung], lead, sums[rung], counts[rung]);
        }
    }

    private void keep(Rung rung, int lead, double sum, int count) {
        if (count > 0) {
            double kept = FORGETTING * before.weight(rung, lead);
            double mean = (kept * before.smapePct(rung, lead) + sum) / (kept + count);
            after.scoreIs(rung, lead, mean, kept + count);
        }
    }

    private void learn(long dayStart) {
        double loadsMw = 0;
        int count = 0;
        double levels = 0;
        int levelCount = 0;
        for (long hour = dayStart; hour < dayStart + DAY_HOURS; hour++) {
            float mw = loads.mw(hour);
            if (!Float.isNaN(mw)) {
                loadsMw += mw;
                count++;
                float shape = after.shape(hoursOfWeek.at(hour));
                if (!Float.isNaN(shape)) {
                    levels += mw / (double) shape;
                    levelCount++;
                }
            }
        }
        if (count == 0) {
            return;
        }
        double levelMw = after.levelMw();
        if (Double.isNaN(levelMw)) {
            after.levelIs(loadsMw / count);
        } else if (levelCount > 0) {
            after.levelIs(levelMw + LEVEL_PART * (levels / levelCount - levelMw));
        }
        for (long hour = dayStart; hour < dayStart + DAY_HOURS; hour++) {
            learnShape(hour);
        }
    }

    private void learnShape(long hour) {
        float mw = loads.mw(hour);
        if (!Float.isNaN(mw)) {
            int at = hoursOfWeek.at(hour);
            float known = after.shape(at);
            double relative = mw / after.levelMw();
            after.shapeIs(at, (float) (Float.isNaN(known) ? relative : known + SHAPE_PART * (relative - known)));
        }
    }
}
