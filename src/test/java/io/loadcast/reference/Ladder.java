package io.loadcast.reference;

import io.loadcast.domain.Megawatts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The forecasts that stand in for the model's. */
final class Ladder {
    /** From the top. */
    static final List<String> RUNGS = List.of("hour-of-week", "ratio", "last-value");

    private static final List<Integer> ARCHIVE_LEADS = List.of(1, 2, 3, 6, 12, 18, 24);
    private static final Map<String, List<Double>> ARCHIVE_PCT = Map.of(
            "hour-of-week", List.of(1.246, 2.143, 2.917, 4.674, 6.295, 6.371, 5.788),
            "ratio", List.of(1.391, 2.366, 3.223, 5.190, 7.685, 9.244, 10.373),
            "last-value", List.of(3.362, 6.455, 9.289, 15.744, 19.255, 16.828, 7.199));

    private Ladder() {}

    /**
     * A rung that stands in for the model.
     *
     * @param remark what became of those above it
     */
    record Choice(String rung, List<Double> p50Mw, String remark) {}

    /** Null if not even a last value is known. */
    static @Nullable Choice choose(Loads loads, long issueHour, WeekProfile profile) {
        Map<String, List<Double>> computed = new HashMap<>();
        for (String rung : RUNGS) {
            List<Double> p50Mw = p50Mw(rung, loads, issueHour, profile);
            if (p50Mw != null) {
                computed.put(rung, p50Mw);
            }
        }
        String chosen = null;
        for (String rung : RUNGS) {
            if (computed.containsKey(rung)
                    && (chosen == null || isBetter(profile.meanPct(rung), profile.meanPct(chosen)))) {
                chosen = rung;
            }
        }
        return chosen == null ? null : new Choice(chosen, computed.get(chosen), remark(chosen, computed, profile));
    }

    private static boolean isBetter(@Nullable Double pct, @Nullable Double than) {
        return pct != null && than != null && pct < than;
    }

    private static String remark(String chosen, Map<String, List<Double>> computed, WeekProfile profile) {
        List<String> tooLittle = new ArrayList<>();
        List<String> worse = new ArrayList<>();
        for (String above : RUNGS.subList(0, RUNGS.indexOf(chosen))) {
            if (computed.containsKey(above)) {
                worse.add(above + scored(above, profile));
            } else {
                tooLittle.add(above);
            }
        }
        String remark = tooLittle.isEmpty() ? "" : "; too little for " + String.join(" and ", tooLittle);
        return worse.isEmpty()
                ? remark
                : remark + "; " + chosen + scored(chosen, profile) + " against " + String.join(" and ", worse)
                        + " here";
    }

    private static String scored(String rung, WeekProfile profile) {
        Double pct = profile.meanPct(rung);
        return pct == null ? " not scored" : " " + Math.round(pct * 10) / 10.0 + " %";
    }

    private static @Nullable List<Double> p50Mw(String rung, Loads loads, long issueHour, WeekProfile profile) {
        List<Double> p50Mw = new ArrayList<>();
        for (int lead = 1; lead <= DailyRange.HORIZON; lead++) {
            Double mw = point(rung, lead, issueHour, hour -> loads.input(hour, issueHour), profile);
            if (mw == null) {
                return null;
            }
            p50Mw.add(Megawatts.published(mw));
        }
        return p50Mw;
    }

    /** What a rung says of a lead time, of what is known at the hour; null if that is too little. */
    static @Nullable Double point(
            String rung, int lead, long issueHour, LongFunction<@Nullable Float> known, WeekProfile profile) {
        return switch (rung) {
            case "hour-of-week" -> {
                Float ahead = profile.shape(issueHour + lead);
                for (long hour = issueHour; ahead != null && hour > issueHour - Loads.SEEN_HOURS; hour--) {
                    Float load = known.apply(hour);
                    Float shape = profile.shape(hour);
                    if (load != null && shape != null) {
                        yield load.doubleValue() / shape * ahead;
                    }
                }
                yield null;
            }
            case "ratio" -> ratio(lead, issueHour, known);
            default -> {
                for (long hour = issueHour; hour > issueHour - Loads.SEEN_HOURS; hour--) {
                    if (known.apply(hour) != null) {
                        yield known.apply(hour).doubleValue();
                    }
                }
                yield null;
            }
        };
    }

    private static @Nullable Double ratio(int lead, long issueHour, LongFunction<@Nullable Float> known) {
        Double last = last(issueHour, known);
        for (int days = 1; last != null && days <= Loads.SEEN_HOURS / 24 + 1; days++) {
            Float then = known.apply(issueHour + lead - 24L * days);
            if (then != null) {
                Float thatDay = known.apply(issueHour - 24L * days);
                return thatDay == null ? then.doubleValue() : then * (last / thatDay);
            }
        }
        return null;
    }

    private static @Nullable Double last(long hour, LongFunction<@Nullable Float> known) {
        Float read = known.apply(hour);
        if (read != null) {
            return read.doubleValue();
        }
        Float before = known.apply(hour - 1);
        Float dayBefore = known.apply(hour - 24);
        Float beforeThat = known.apply(hour - 25);
        return before == null || dayBefore == null || beforeThat == null
                ? null
                : Double.valueOf(before * (dayBefore.doubleValue() / beforeThat));
    }

    /**
     * An end of the interval.
     *
     * @param sign −1 for p10, 1 for p90
     */
    static List<Double> interval(Choice choice, int sign, WeekProfile profile) {
        TreeMap<Integer, Double> archivePct = new TreeMap<>();
        for (int i = 0; i < ARCHIVE_LEADS.size(); i++) {
            archivePct.put(ARCHIVE_LEADS.get(i), ARCHIVE_PCT.get(choice.rung).get(i));
        }
        TreeMap<Integer, Double> parts = new TreeMap<>();
        TreeMap<Integer, Double> here = profile.smapePct(choice.rung);
        for (int lead : List.of(1, 6, 12, 24)) {
            parts.put(lead, here.containsKey(lead) ? here.get(lead) / archivePct.get(lead) : 1);
        }
        IntToDoubleFunction errorPct = lead -> between(archivePct, lead) * between(parts, lead);
        List<Double> mw = new ArrayList<>();
        for (int lead = 1; lead <= choice.p50Mw.size(); lead++) {
            double part = 1.606 * errorPct.applyAsDouble(lead) / 100;
            mw.add(Megawatts.published(Math.max(0, choice.p50Mw.get(lead - 1) * (1 + sign * part))));
        }
        return mw;
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
