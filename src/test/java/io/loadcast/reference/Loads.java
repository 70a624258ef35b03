package io.loadcast.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The loads of one region: those of the newest 139 hours up to its newest reading, and which of them are kept out. */
final class Loads {
    static final int LOOKBACK = 90;

    /** The lookback, and 25 hours before it by which its oldest are imputed. */
    static final int SEEN_HOURS = 115;

    static final int KEPT_HOURS = 139;

    private final Rules rules;
    private final TreeMap<Long, Double> read = new TreeMap<>();
    private final Set<Long> keptOut = new HashSet<>();
    private @Nullable Long newest;

    Loads(Rules rules) {
        this.rules = rules;
    }

    @Nullable
    Long newest() {
        return newest;
    }

    boolean keeps(long hour) {
        return newest != null && hour <= newest && hour > newest - KEPT_HOURS;
    }

    /** As it was read. */
    @Nullable
    Double read(long hour) {
        return keeps(hour) ? read.get(hour) : null;
    }

    /** What forecasts are made from. */
    @Nullable
    Float input(long hour) {
        Double load = read(hour);
        return load == null || keptOut.contains(hour) ? null : Float.valueOf(load.floatValue());
    }

    /** What forecasts are made from, of the hours that a forecast of an hour may look at. */
    @Nullable
    Float input(long hour, long issueHour) {
        return hour > issueHour - SEEN_HOURS ? input(hour) : null;
    }

    void put(long hour, double loadMw, boolean isKeptOut) {
        newest = newest == null ? hour : Math.max(newest, hour);
        read.put(hour, loadMw);
        keptOut.remove(hour);
        if (isKeptOut) {
            keptOut.add(hour);
        }
        read.keySet().removeIf(known -> !keeps(known));
        keptOut.removeIf(known -> !keeps(known));
    }

    /** What is odd about a load before it is taken: {@code zero}, {@code spike}, {@code flatline}, or null. */
    @Nullable
    String suspicion(long hour, double loadMw) {
        if (loadMw == 0) {
            return "zero";
        }
        if (isSpike(hour, (float) loadMw)) {
            return "spike";
        }
        boolean isFlat = LongStream.rangeClosed(hour - rules.flatlineHours() + 1, hour - 1)
                .allMatch(before -> read(before) != null && read(before) == loadMw);
        return isFlat ? "flatline" : null;
    }

    private boolean isSpike(long hour, float loadMw) {
        List<Long> hoursBefore = read.headMap(hour, false).descendingKeySet().stream()
                .filter(known -> read(known) != null && read(known) > 0)
                .toList();
        List<Float> unsuspect = hoursBefore.stream()
                .filter(known -> !keptOut.contains(known))
                .limit(24)
                .map(known -> read.get(known).floatValue())
                .sorted()
                .toList();
        if (unsuspect.size() < 12 || !isFar(loadMw, unsuspect)) {
            return false;
        }
        List<Long> newest47 = hoursBefore.stream().limit(47).toList();
        long spikes = newest47.stream().filter(keptOut::contains).count();
        List<Float> level = newest47.stream()
                .map(known -> read.get(known).floatValue())
                .sorted()
                .toList();
        return spikes < 24 || isFar(loadMw, level);
    }

    private boolean isFar(float loadMw, List<Float> sorted) {
        int size = sorted.size();
        float median = size % 2 == 1 ? sorted.get(size / 2) : (sorted.get(size / 2 - 1) + sorted.get(size / 2)) / 2;
        return loadMw > rules.spikeFactor() * median || rules.spikeFactor() * loadMw < median;
    }

    /** The lookback of a forecast with its missing hours imputed; null if that is more than is imputed. */
    @Nullable
    List<Float> window(long issueHour) {
        if (missing(issueHour).size() > rules.maxHours() || longestRun(issueHour) > rules.maxRunHours()) {
            return null;
        }
        Map<Long, Float> complete = new HashMap<>();
        for (long hour = issueHour - SEEN_HOURS + 1; hour <= issueHour; hour++) {
            Float load = input(hour);
            Float filled = load != null ? load : imputed(complete, hour);
            if (filled != null) {
                complete.put(hour, filled);
            }
        }
        List<Float> window = new ArrayList<>();
        for (long hour = issueHour - LOOKBACK + 1; hour <= issueHour; hour++) {
            Float load = complete.get(hour);
            if (load == null) {
                return null;
            }
            window.add(load);
        }
        return window;
    }

    /** The hour before, as it changed the day before; the hour before where the day before cannot say. */
    private static @Nullable Float imputed(Map<Long, Float> complete, long hour) {
        Float last = complete.get(hour - 1);
        Float dayBefore = complete.get(hour - 24);
        Float beforeThat = complete.get(hour - 25);
        if (last == null || dayBefore == null || beforeThat == null) {
            return last;
        }
        float scaled = last * (dayBefore / beforeThat);
        return Float.isFinite(scaled) ? scaled : last;
    }

    /** The hours of a lookback that no forecast is made from. */
    List<Long> missing(long issueHour) {
        return LongStream.rangeClosed(issueHour - LOOKBACK + 1, issueHour)
                .filter(hour -> input(hour) == null)
                .boxed()
                .toList();
    }

    /** Those of them that were read. */
    long suspect(long issueHour) {
        return missing(issueHour).stream().filter(hour -> read(hour) != null).count();
    }

    int longestRun(long issueHour) {
        int longest = 0;
        int run = 0;
        for (long hour = issueHour - LOOKBACK + 1; hour <= issueHour; hour++) {
            run = input(hour) == null ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
