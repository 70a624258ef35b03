package io.loadcast.models;

import io.loadcast.forecasting.ComparedLosses;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

/** What a champion and one challenger lost in all regions together, by lead time and hour. For one thread. */
final class ComparedSums {

    private static final class Sums {
        private final double[] championPct;
        private final double[] challengerPct;
        private final int[] regions;

        Sums(int hours) {
            championPct = new double[hours];
            challengerPct = new double[hours];
            regions = new int[hours];
        }

        /** NaN if it is of no region. */
        double mean(double[] pct, int hour) {
            return regions[hour] == 0 ? Double.NaN : pct[hour] / regions[hour];
        }
    }

    private final int hours;
    private final Map<Integer, Sums> byLead = new HashMap<>();
    private int regions;

    ComparedSums(int hours) {
        this.hours = hours;
    }

    void add(int lead, int hour, double championPct, double challengerPct) {
        Sums sums = byLead.computeIfAbsent(lead, shortest -> new Sums(hours));
        sums.championPct[hour] += championPct;
        sums.challengerPct[hour] += challengerPct;
        sums.regions[hour]++;
    }

    /** One more region has hours in the sums. */
    void countRegion() {
        regions++;
    }

    int regions() {
        return regions;
    }

    /** The means over the regions, at these lead times. */
    ComparedLosses losses(SortedSet<Integer> leads) {
        ComparedLosses losses =
                new ComparedLosses(leads.stream().mapToInt(lead -> lead).toArray());
        for (int hour = 0; hour < hours; hour++) {
            double[] champion = new double[leads.size()];
            double[] challenger = new double[leads.size()];
            int at = 0;
            for (int lead : leads) {
                Sums sums = byLead.get(lead);
                champion[at] = sums == null ? Double.NaN : sums.mean(sums.championPct, hour);
                challenger[at++] = sums == null ? Double.NaN : sums.mean(sums.challengerPct, hour);
            }
            losses.add(champion, challenger);
        }
        return losses;
    }
}
