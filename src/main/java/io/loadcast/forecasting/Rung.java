package io.loadcast.forecasting;

import io.loadcast.domain.HoursOfWeek;
import io.loadcast.domain.Megawatts;
import org.jspecify.annotations.Nullable;

/**
 * A rung of the ladder: a way to forecast a region's load that needs less than the model does. From the top, which needs most, to the
 * bottom.
 */
enum Rung {
    /** {@code y(t) / profile(t) · profile(t + h)}, by hours of the week; t is the newest hour known. */
    HOUR_OF_WEEK(ForecastMethod.HOUR_OF_WEEK, 1.246, 2.143, 2.917, 4.674, 6.295, 6.371, 5.788) {
        @Override
        double mw(KnownLoads loads, LoadProfile profile, HoursOfWeek hoursOfWeek, int lead) {
            long newest = loads.newestKnown(loads.issueHour());
            while (newest >= loads.oldestHour() && Float.isNaN(profile.shape(hoursOfWeek.at(newest)))) {
                newest = loads.newestKnown(newest - 1);
            }
            if (newest < loads.oldestHour()) {
                return Double.NaN;
            }
            double level = (double) loads.mw(newest) / profile.shape(hoursOfWeek.at(newest));
            return level * profile.shape(hoursOfWeek.at(loads.issueHour() + lead));
        }
    },

    /** {@code y(t + h − 24 k) · y(t) / y(t − 24 k)} of the newest day, k, that has the hour; with nothing missing serving's baseline. */
    RATIO(ForecastMethod.RATIO, 1.391, 2.366, 3.223, 5.190, 7.685, 9.244, 10.373) {
        @Override
        double mw(KnownLoads loads, LoadProfile profile, HoursOfWeek hoursOfWeek, int lead) {
            double lastMw = lastMw(loads);
            if (Double.isNaN(lastMw)) {
                return Double.NaN;
            }
            for (int back = DAY_HOURS; loads.issueHour() + lead - back >= loads.oldestHour(); back += DAY_HOURS) {
                double then = loads.mw(loads.issueHour() + lead - back);
                if (!Double.isNaN(then)) {
                    double ratio = lastMw / loads.mw(loads.issueHour() - back);
                    return then * (Double.isFinite(ratio) ? ratio : 1);
                }
            }
            return Double.NaN;
        }

        private static double lastMw(KnownLoads loads) {
            long hour = loads.issueHour();
            float read = loads.mw(hour);
            if (!Float.isNaN(read)) {
                return read;
            }
            double change = (double) loads.mw(hour - DAY_HOURS) / loads.mw(hour - DAY_HOURS - 1);
            return loads.mw(hour - 1) * change;
        }
    },

    /** {@code y(t)}; t is the newest hour known. */
    LAST_VALUE(ForecastMethod.LAST_VALUE, 3.362, 6.455, 9.289, 15.744, 19.255, 16.828, 7.199) {
        @Override
        double mw(KnownLoads loads, LoadProfile profile, HoursOfWeek hoursOfWeek, int lead) {
            return loads.mw(loads.newestKnown(loads.issueHour()));
        }
    };

    private static final int DAY_HOURS = 24;

    private static final int[] ARCHIVE_LEADS = {1, 2, 3, 6, 12, 18, 24};

    private final ForecastMethod method;
    private final double[] archivePct;

    /** @param archivePct mean sMAPE on the PJM archive, by {@link #ARCHIVE_LEADS}; {@code RungArchiveTest} measures it */
    Rung(ForecastMethod method, double... archivePct) {
        this.method = method;
        this.archivePct = archivePct;
    }

    ForecastMethod method() {
        return method;
    }

    /** As forecasts and settings write it. */
    String key() {
        return method.key();
    }

    /** MW, not rounded; NaN if it cannot be computed. */
    abstract double mw(KnownLoads loads, LoadProfile profile, HoursOfWeek hoursOfWeek, int lead);

    /** MW at the published precision; NaN if it cannot be computed. */
    double publishedMw(KnownLoads loads, LoadProfile profile, HoursOfWeek hoursOfWeek, int lead) {
        double mw = mw(loads, profile, hoursOfWeek, lead);
        return Double.isFinite(mw) ? Megawatts.published(mw) : Double.NaN;
    }

    /** The median by lead time, MW at the published precision; null if one cannot be computed. */
    double @Nullable [] p50Mw(KnownLoads loads, LoadProfile profile, HoursOfWeek hoursOfWeek, int horizonHours) {
        double[] p50Mw = new double[horizonHours];
        for (int lead = 1; lead <= horizonHours; lead++) {
            p50Mw[lead - 1] = publishedMw(loads, profile, hoursOfWeek, lead);
            if (Double.isNaN(p50Mw[lead - 1])) {
                return null;
            }
        }
        return p50Mw;
    }

    /** What is taken for a region's error as long as nothing is known of it, and for its shape between the lead times that are scored. */
    double archivePct(int leadHours) {
        return between(ARCHIVE_LEADS, archivePct, leadHours);
    }

    /** The value at a lead time of some of which it is known, ascending; beyond them, that of the nearest. */
    static double between(int[] leads, double[] values, int leadHours) {
        int after = 0;
        while (after < leads.length && leads[after] < leadHours) {
            after++;
        }
        if (after == 0 || after == leads.length) {
            return values[Math.min(after, leads.length - 1)];
        }
        double share = (double) (leadHours - leads[after - 1]) / (leads[after] - leads[after - 1]);
        return (1 - share) * values[after - 1] + share * values[after];
    }
}
