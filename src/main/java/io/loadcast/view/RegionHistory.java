package io.loadcast.view;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest hours of one region: what was read, and what was forecast at each of them. A ring that moves with the newest hour. For one
 * thread at a time.
 */
final class RegionHistory {
    private static final int QUANTILES = 3;

    private double[] loads;
    private float[] @Nullable [] points;
    private float @Nullable [] spare;
    private long newest = Long.MIN_VALUE;

    RegionHistory(int hours) {
        loads = new double[hours];
        Arrays.fill(loads, Double.NaN);
        points = new float[hours][];
    }

    /** The newest hour that anything is known of; {@link Long#MIN_VALUE} while nothing is. */
    long newest() {
        return newest;
    }

    /** The first hour that is kept. */
    long oldest() {
        return newest - loads.length + 1;
    }

    boolean isEmpty() {
        return newest == Long.MIN_VALUE;
    }

    /** The load in MW; NaN where none was read or the hour is not kept. */
    double load(long hour) {
        return keeps(hour) ? loads[slot(hour)] : Double.NaN;
    }

    /**
     * What was forecast for an hour some hours ahead of it: p10, p50, p90 in MW; null where nothing was, or it is not kept.
     *
     * @param lead in hours, from 1
     */
    float @Nullable [] forecast(long hour, int lead) {
        long issueHour = hour - lead;
        float[] row = keeps(issueHour) ? points[slot(issueHour)] : null;
        int first = (lead - 1) * QUANTILES;
        return row == null || first >= row.length ? null : Arrays.copyOfRange(row, first, first + QUANTILES);
    }

    void putLoad(long hour, double mw) {
        advance(hour);
        if (keeps(hour)) {
            loads[slot(hour)] = mw;
        }
    }

    /** Of what is forecast after an hour, the quantiles of each lead time from 1 on. */
    void putForecast(long issueHour, double[] p10, double[] p50, double[] p90) {
        advance(issueHour);
        if (!keeps(issueHour)) {
            return;
        }
        int slot = slot(issueHour);
        float[] row = rowOf(slot, p50.length * QUANTILES);
        for (int lead = 0; lead < p50.length; lead++) {
            row[lead * QUANTILES] = (float) p10[lead];
            row[lead * QUANTILES + 1] = (float) p50[lead];
            row[lead * QUANTILES + 2] = (float) p90[lead];
        }
        points[slot] = row;
    }

    /** Rows are used again: they live too long to be cheap to collect. */
    private float[] rowOf(int slot, int length) {
        float[] own = points[slot];
        if (own != null && own.length == length) {
            return own;
        }
        float[] unused = spare;
        spare = null;
        return unused != null && unused.length == length ? unused : new float[length];
    }

    /** Makes room up to an hour; what falls out of the ring is gone. */
    private void advance(long hour) {
        if (isEmpty()) {
            newest = hour;
            return;
        }
        long first = Math.max(newest + 1, hour - loads.length + 1);
        for (long opened = first; opened <= hour; opened++) {
            int slot = slot(opened);
            loads[slot] = Double.NaN;
            float[] unused = points[slot];
            spare = unused == null ? spare : unused;
            points[slot] = null;
        }
        newest = Math.max(newest, hour);
    }

    /** Keeps so many hours from now on. */
    void keep(int hours) {
        if (hours == loads.length) {
            return;
        }
        RegionHistory other = new RegionHistory(hours);
        if (!isEmpty()) {
            other.newest = newest;
            for (long hour = Math.max(oldest(), other.oldest()); hour <= newest; hour++) {
                other.loads[other.slot(hour)] = loads[slot(hour)];
                other.points[other.slot(hour)] = points[slot(hour)];
            }
        }
        loads = other.loads;
        points = other.points;
    }

    private boolean keeps(long hour) {
        return !isEmpty() && hour <= newest && hour >= oldest();
    }

    private int slot(long hour) {
        return (int) Math.floorMod(hour, (long) loads.length);
    }
}
