package io.loadcast.reference;

import io.loadcast.domain.Megawatts;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The forecast that stands in for the model's: the newest day, scaled. */
final class Fallback {
    private static final TreeMap<Integer, Double> ARCHIVE_PCT = new TreeMap<>();

    static {
        ARCHIVE_PCT.put(1, 1.384);
        ARCHIVE_PCT.put(2, 2.384);
        ARCHIVE_PCT.put(3, 3.274);
        ARCHIVE_PCT.put(6, 5.317);
        ARCHIVE_PCT.put(12, 7.860);
        ARCHIVE_PCT.put(18, 9.448);
        ARCHIVE_PCT.put(24, 10.606);
    }

    private Fallback() {}

    /** Null if the load at the hour cannot be told, or a lead time has no day before. */
    static @Nullable List<Double> p50Mw(Loads loads, long issueHour) {
        Double last = last(loads, issueHour);
        if (last == null) {
            return null;
        }
        List<Double> p50Mw = new ArrayList<>();
        for (int lead = 1; lead <= DailyRange.HORIZON; lead++) {
            Double mw = point(loads, issueHour, lead, last);
            if (mw == null) {
                return null;
            }
            p50Mw.add(Megawatts.published(mw));
        }
        return p50Mw;
    }

    private static @Nullable Double last(Loads loads, long hour) {
        Float read = loads.input(hour, hour);
        if (read != null) {
            return read.doubleValue();
        }
        Float before = loads.input(hour - 1, hour);
        Float dayBefore = loads.input(hour - 24, hour);
        Float beforeThat = loads.input(hour - 25, hour);
        return before == null || dayBefore == null || beforeThat == null
                ? null
                : Double.valueOf(before * (dayBefore.doubleValue() / beforeThat));
    }

    private static @Nullable Double point(Loads loads, long issueHour, int lead, double last) {
        for (int days = 1; days <= Loads.SEEN_HOURS / 24 + 1; days++) {
            Float then = loads.input(issueHour + lead - 24L * days, issueHour);
            if (then != null) {
                Float thatDay = loads.input(issueHour - 24L * days, issueHour);
                return thatDay == null ? then.doubleValue() : then * (last / thatDay);
            }
        }
        return null;
    }

    /**
     * An end of the interval.
     *
     * @param sign −1 for p10, 1 for p90
     * @param parts what the region's error is of the archive's, by lead time
     */
    static List<Double> interval(List<Double> p50Mw, int sign, TreeMap<Integer, Double> parts) {
        IntToDoubleFunction errorPct =
                lead -> between(ARCHIVE_PCT, lead) * (parts.isEmpty() ? 1 : between(parts, lead));
        List<Double> mw = new ArrayList<>();
        for (int lead = 1; lead <= p50Mw.size(); lead++) {
            double part = 1.606 * errorPct.applyAsDouble(lead) / 100;
            mw.add(Megawatts.published(Math.max(0, p50Mw.get(lead - 1) * (1 + sign * part))));
        }
        return mw;
    }

    static double archivePct(int lead) {
        return between(ARCHIVE_PCT, lead);
    }

    private static double between(TreeMap<Integer, Double> known, int lead) {
        var below = known.floorEntry(lead);
        var above = known.ceilingEntry(lead);
        if (below == null || above == null || below.getKey().equals(above.getKey())) {
            return (below == null ? above : below).getValue();
        }
        double share = (double) (lead - below.getKey()) / (above.getKey() - below.getKey());
        return (1 - share) * below.getValue() + share * above.getValue();
    }
}
