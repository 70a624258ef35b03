package io.loadcast.reference;

import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Smape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is learnt of a region's week, and what its rungs would have said: once a day. In UTC. */
final class WeekProfile {
    /** Of the scores of a day: their sum and number. */
    private record Scored(double sum, int count) {}

    private static final List<Integer> LEADS = List.of(1, 6, 12, 24);

    private final Map<Integer, Float> shape = new HashMap<>();
    private final Map<String, Map<Integer, List<Scored>>> scored = new HashMap<>();
    private @Nullable Double levelMw;
    private @Nullable Long newestDay;

    static int hourOfWeek(long hour) {
        return (int) ((hour + 72) % 168); // 1970-01-01 was a Thursday
    }

    /** The load of an hour of the week over the level. */
    @Nullable
    Float shape(long hour) {
        return shape.get(hourOfWeek(hour));
    }

    /** The running sMAPE of a rung by lead time; of those at which it was scored. */
    TreeMap<Integer, Double> smapePct(String rung) {
        TreeMap<Integer, Double> means = new TreeMap<>();
        scored.getOrDefault(rung, Map.of()).forEach((lead, days) -> {
            double sum = 0;
            double count = 0;
            double weight = 1;
            for (int day = days.size() - 1; day >= 0; day--, weight *= 6.0 / 7) {
                sum += weight * days.get(day).sum;
                count += weight * days.get(day).count;
            }
            means.put(lead, sum / count);
        });
        return means;
    }

    /** Over all lead times up to the horizon; null unless it was scored at each. */
    @Nullable
    Double meanPct(String rung) {
        TreeMap<Integer, Double> means = smapePct(rung);
        return means.keySet().containsAll(LEADS)
                ? means.values().stream().mapToDouble(pct -> pct).sum() / LEADS.size()
                : null;
    }

    /** The region is read at an hour, after all before it. */
    void read(long hour, @Nullable Long before, Loads loads) {
        long day = hour / 24;
        if ((before == null ? hour - 1 : before) / 24 == day) {
            return;
        }
        Map<String, Map<Integer, Scored>> today = new HashMap<>();
        long firstScored = newestDay == null ? 24 * (day - 1) : 24 * newestDay;
        for (String rung : Ladder.RUNGS) {
            for (int lead : LEADS) {
                today.computeIfAbsent(rung, key -> new HashMap<>())
                        .put(lead, score(rung, lead, firstScored, hour, loads));
            }
        }
        long firstLearnt = newestDay == null ? 0 : 24 * (newestDay - 1);
        for (long known = day - 10; known < day - 1; known++) {
            if (24 * known >= firstLearnt) {
                learn(24 * known, hour, loads);
            }
        }
        today.forEach((rung, leads) -> leads.forEach((lead, of) -> {
            if (of.count > 0) {
                scored.computeIfAbsent(rung, key -> new HashMap<>())
                        .computeIfAbsent(lead, key -> new ArrayList<>())
                        .add(of);
            }
        }));
        newestDay = day;
    }

    private Scored score(String rung, int lead, long first, long now, Loads loads) {
        double sum = 0;
        int count = 0;
        for (long hour = first; hour < 24 * (now / 24); hour++) {
            long issueHour = hour - lead;
            Float actual = loads.input(hour, now);
            if (actual == null || issueHour <= now - Loads.SEEN_HOURS || loads.read(issueHour) == null) {
                continue;
            }
            Double mw = Ladder.point(
                    rung, lead, issueHour, known -> known > issueHour ? null : loads.input(known, now), this);
            if (mw != null) {
                sum += Smape.termPct(actual, Megawatts.published(mw));
                count++;
            }
        }
        return new Scored(sum, count);
    }

    private void learn(long first, long now, Loads loads) {
        TreeMap<Long, Float> read = new TreeMap<>();
        for (long hour = first; hour < first + 24; hour++) {
            Float load = loads.input(hour, now);
            if (load != null) {
                read.put(hour, load);
            }
        }
        if (read.isEmpty()) {
            return;
        }
        List<Double> levels = new ArrayList<>();
        read.forEach((hour, load) -> {
            if (shape(hour) != null) {
                levels.add(load / shape(hour).doubleValue());
            }
        });
        double level;
        if (levelMw == null) {
            level = read.values().stream().mapToDouble(load -> load).sum() / read.size();
        } else {
            double sum = levels.stream().mapToDouble(mw -> mw).sum();
            level = levels.isEmpty() ? levelMw : levelMw + 0.5 * (sum / levels.size() - levelMw);
        }
        levelMw = level;
        read.forEach((hour, load) -> {
            double relative = load / level;
            Float known = shape(hour);
            shape.put(hourOfWeek(hour), (float) (known == null ? relative : known + 0.3 * (relative - known)));
        });
    }
}
