package io.loadcast.forecasting;

import java.util.ArrayList;
import java.util.List;

/**
 * What two models' forecasts of the same hours lost, hour by hour and at each scored lead time: terms of their sMAPE, percent. The hours
 * follow each other; one that cannot be compared is there as such. Not thread-safe.
 */
public final class ComparedLosses {
    private final int[] leadHours;
    private final List<double[]> champion = new ArrayList<>();
    private final List<double[]> challenger = new ArrayList<>();
    private int hours;

    /** @param leadHours the lead times, shortest first */
    public ComparedLosses(int[] leadHours) {
        this.leadHours = leadHours.clone();
    }

    /** Adds the next hour: the losses at each lead time. It is compared if none is NaN. */
    public void add(double[] championPct, double[] challengerPct) {
        champion.add(championPct.clone());
        challenger.add(challengerPct.clone());
        hours += isCompared(hours()) ? 1 : 0;
    }

    private int hours() {
        return champion.size() - 1;
    }

    private boolean isCompared(int hour) {
        for (int lead = 0; lead < leadHours.length; lead++) {
            if (Double.isNaN(champion.get(hour)[lead])
                    || Double.isNaN(challenger.get(hour)[lead])) {
                return false;
            }
        }
        return leadHours.length > 0;
    }

    /** How many hours can be compared. */
    public int comparedHours() {
        return hours;
    }

    /** The lead times, in hours, shortest first. */
    public int[] leadHours() {
        return leadHours.clone();
    }

    int longestLeadHours() {
        return leadHours[leadHours.length - 1];
    }

    /** The champion's mean loss over the hours compared, at each lead time; NaN if there are none. */
    public double[] championPct() {
        return means(champion);
    }

    /** The challenger's. */
    public double[] challengerPct() {
        return means(challenger);
    }

    private double[] means(List<double[]> losses) {
        double[] means = new double[leadHours.length];
        for (int hour = 0; hour < losses.size(); hour++) {
            if (isCompared(hour)) {
                for (int lead = 0; lead < means.length; lead++) {
                    means[lead] += losses.get(hour)[lead];
                }
            }
        }
        for (int lead = 0; lead < means.length; lead++) {
            means[lead] /= hours; // NaN if there are none
        }
        return means;
    }

    /** By how much the champion lost more, on the mean of the lead times; NaN where the hour cannot be compared. */
    double[] differences() {
        double[] differences = new double[champion.size()];
        for (int hour = 0; hour < differences.length; hour++) {
            differences[hour] = isCompared(hour) ? mean(champion.get(hour)) - mean(challenger.get(hour)) : Double.NaN;
        }
        return differences;
    }

    static double mean(double[] pct) {
        double sum = 0;
        for (double term : pct) {
            sum += term;
        }
        return sum / pct.length;
    }
}
