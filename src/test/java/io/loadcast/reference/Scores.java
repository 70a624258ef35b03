package io.loadcast.reference;

import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Smape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was forecast for the hours of one region, and how it was scored: every score is kept, every mean is made anew. */
final class Scores {
    private static final int LONGEST_WINDOW = 168;

    /** What was forecast for an hour, and what the baseline said. */
    private record Told(double p10Mw, double p50Mw, double p90Mw, double baselineMw) {}

    /** sMAPE in millionths of a percent. */
    private record Term(long smape, long baselineSmape, boolean inInterval) {}

    private record Sums(int count, long smape, long baselineSmape, int inside) {
        Sums plus(Term term) {
            return new Sums(
                    count + 1,
                    smape + term.smape,
                    baselineSmape + term.baselineSmape,
                    inside + (term.inInterval ? 1 : 0));
        }

        Output.Running means() {
            return count == 0
                    ? new Output.Running(0, 0, 0, 0)
                    : new Output.Running(
                            count, smape / 1e6 / count, baselineSmape / 1e6 / count, 100.0 * inside / count);
        }
    }

    private final String region;
    private final List<Integer> leads;
    private final TreeMap<Long, Output.Forecast> issued = new TreeMap<>();
    private final TreeMap<Long, Map<Integer, Told>> told = new TreeMap<>();
    private final TreeMap<Long, Map<Integer, Term>> terms = new TreeMap<>();
    private final TreeMap<Long, Integer> timesScored = new TreeMap<>();

    /** Of the hours that are too old to change. */
    private final Map<Integer, Sums> settled = new HashMap<>();

    private long clock;

    Scores(String region, List<Integer> leads) {
        this.region = region;
        this.leads = leads;
        leads.forEach(lead -> settled.put(lead, new Sums(0, 0, 0, 0)));
    }

    void issued(Output.Forecast forecast) {
        issued.put(forecast.issueHour(), forecast);
    }

    /** The turn of all hours up to one that was read passes: they had been forecast or not, and this one is scored. */
    List<Output> pass(long newestBefore, long hour, Loads loads) {
        for (long turn = newestBefore + 1; turn <= Math.min(hour, newestBefore + 24); turn++) {
            for (int lead : leads) {
                Output.Forecast forecast = issued.get(turn - lead);
                Double baselineMw = forecast == null ? null : baselineMw(loads, turn, turn - lead, hour);
                if (forecast != null && baselineMw != null) {
                    told.computeIfAbsent(turn, key -> new HashMap<>())
                            .put(
                                    lead,
                                    new Told(
                                            forecast.p10Mw().get(lead - 1),
                                            forecast.p50Mw().get(lead - 1),
                                            forecast.p90Mw().get(lead - 1),
                                            baselineMw));
                }
            }
        }
        clock = hour;
        settle();
        return score(hour, loads);
    }

    private static @Nullable Double baselineMw(Loads loads, long turn, long issueHour, long hour) {
        for (long last = issueHour; last >= issueHour - 24; last--) {
            Float load = loads.input(last, hour);
            if (load != null) {
                Float dayBefore = loads.input(turn - 24, hour);
                Float thatDay = loads.input(last - 24, hour);
                boolean isRatio = dayBefore != null && thatDay != null;
                float mw = isRatio ? load * (dayBefore / thatDay) : load;
                return Megawatts.published((float) Megawatts.published(Float.isFinite(mw) ? mw : load));
            }
        }
        return null;
    }

    /** Scores an hour whose turn has passed, by what is read of it now. */
    List<Output> score(long hour, Loads loads) {
        Map<Integer, Told> tellings = told.get(hour);
        terms.remove(hour);
        if (tellings == null || loads.input(hour) == null) {
            return List.of();
        }
        double actualMw = loads.read(hour);
        int revision = timesScored.merge(hour, 1, Integer::sum) - 1;
        List<Output> scores = new ArrayList<>();
        for (int lead : leads) {
            Told what = tellings.get(lead);
            if (what != null) {
                long smape = Math.round(Smape.termPct(actualMw, what.p50Mw) * 1e6);
                long baselineSmape = Math.round(Smape.termPct(actualMw, what.baselineMw) * 1e6);
                boolean inInterval = what.p10Mw <= actualMw && actualMw <= what.p90Mw;
                Term term = new Term(smape, baselineSmape, inInterval);
                terms.computeIfAbsent(hour, key -> new HashMap<>()).put(lead, term);
                scores.add(new Output.Score(
                        region,
                        hour,
                        lead,
                        revision,
                        actualMw,
                        what.p50Mw,
                        what.baselineMw,
                        smape / 1e6,
                        baselineSmape / 1e6,
                        inInterval,
                        running(lead, 24),
                        running(lead, LONGEST_WINDOW),
                        all(lead)));
            }
        }
        return scores;
    }

    private Output.Running running(int lead, int hours) {
        return sum(new Sums(0, 0, 0, 0), lead, terms.tailMap(clock - hours, false))
                .means();
    }

    /** The running score over all hours. */
    private Output.Running all(int lead) {
        return sum(settled.get(lead), lead, terms).means();
    }

    private static Sums sum(Sums start, int lead, Map<Long, Map<Integer, Term>> of) {
        Sums sums = start;
        for (Map<Integer, Term> hour : of.values()) {
            Term term = hour.get(lead);
            sums = term == null ? sums : sums.plus(term);
        }
        return sums;
    }

    /** So that a long run needs no more memory than a short one. */
    private void settle() {
        Map<Long, Map<Integer, Term>> old = terms.headMap(clock - LONGEST_WINDOW, true);
        for (int lead : leads) {
            settled.compute(lead, (key, sums) -> sum(sums, lead, old));
        }
        old.clear();
        issued.headMap(clock - LONGEST_WINDOW).clear();
        told.headMap(clock - LONGEST_WINDOW).clear();
        timesScored.headMap(clock - LONGEST_WINDOW).clear();
    }
}
