package io.loadcast.training.evaluation;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Smape;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Running {@linkplain RegionDetails details} of one forecaster in one region. */
final class DetailSums {
    private static final int HOURS_OF_DAY = 24;

    private final List<Quantile> quantiles;
    private final int median;
    private final LeadMeans smapePctByHour = new LeadMeans(HOURS_OF_DAY);
    private final Map<Quantile, LeadMeans> belowPct = new TreeMap<>();
    private final SampleWeek week;

    /** @param quantiles what the forecaster gives, the median among them */
    DetailSums(RegionTest test, int horizon, List<Quantile> quantiles) {
        this.quantiles = quantiles;
        this.median = quantiles.indexOf(Quantile.P50);
        if (quantiles.size() > 1) {
            quantiles.forEach(quantile -> belowPct.put(quantile, new LeadMeans(horizon)));
        }
        this.week = new SampleWeek(
                test.series().zone(), firstHourOfWeek(test), horizon, none(), none(), none(), none(), none());
    }

    void add(long validHour, int lead, double actualMw, double... quantilesMw) {
        ZonedDateTime local = EpochHour.start(validHour).atZone(week.zone());
        smapePctByHour.add(local.getHour() + 1, Smape.termPct(actualMw, quantilesMw[median]));
        for (int q = 0; q < quantilesMw.length; q++) {
            LeadMeans below = belowPct.get(quantiles.get(q));
            if (below != null) {
                below.add(lead, actualMw <= quantilesMw[q] ? 100 : 0);
            }
        }
        if (validHour >= week.firstHour() && validHour < week.firstHour() + SampleWeek.HOURS) {
            addToWeek((int) (validHour - week.firstHour()), lead, actualMw, quantilesMw);
        }
    }

    private void addToWeek(int i, int lead, double actualMw, double... quantilesMw) {
        week.actualMw()[i] = actualMw;
        if (lead == 1) {
            week.nextHourMw()[i] = quantilesMw[median];
        }
        if (lead == week.leadHours()) {
            week.medianMw()[i] = quantilesMw[median];
            int low = quantiles.indexOf(Quantile.P10);
            int high = quantiles.indexOf(Quantile.P90);
            if (low >= 0 && high >= 0) {
                week.lowMw()[i] = quantilesMw[low];
                week.highMw()[i] = quantilesMw[high];
            }
        }
    }

    RegionDetails details() {
        Map<Quantile, double[]> below = new TreeMap<>();
        belowPct.forEach((quantile, means) -> below.put(quantile, means.means()));
        return new RegionDetails(smapePctByHour.means(), below, week);
    }

    /** The first Monday, 0 h in civil time, that the test forecasts from a day ahead; its first hour if it ends before the week does. */
    private static long firstHourOfWeek(RegionTest test) {
        ZoneId zone = test.series().zone();
        ZonedDateTime dayAhead =
                EpochHour.start(test.firstTestHour()).plus(1, ChronoUnit.DAYS).atZone(zone);
        long monday = EpochHour.containing(dayAhead.with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                .with(LocalTime.MIDNIGHT)
                .toInstant());
        long end = test.series().epochHour(test.series().hours());
        return monday + SampleWeek.HOURS <= end ? monday : test.firstTestHour();
    }

    private static double[] none() {
        double[] none = new double[SampleWeek.HOURS];
        Arrays.fill(none, Double.NaN);
        return none;
    }
}
