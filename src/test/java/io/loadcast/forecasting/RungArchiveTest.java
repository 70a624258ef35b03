package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.dataset.CsvFormat;
import io.loadcast.dataset.HourlyCsv;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.PjmData;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.HoursOfWeek;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Smape;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The errors that are taken for a region's as long as nothing is known of it, measured: the mean over the twelve PJM files of each
 * rung's mean sMAPE over all hours that it can be computed for.
 */
class RungArchiveTest {
    private static final int[] LEADS = {1, 2, 3, 6, 12, 18, 24};

    private record Issued(long hour, double[][] mw) {}

    @Test
    void theErrorsOnTheArchiveAreThoseThatIntervalsBeginWith() throws IOException {
        // given
        List<HourlySeries> files = HourlyCsv.read(PjmData.directory(), CsvFormat.PJM);

        // when
        double[][] means = new double[Rung.values().length][LEADS.length];
        for (HourlySeries file : files) {
            double[][] pct = smapePct(file);
            for (Rung rung : Rung.values()) {
                for (int lead = 0; lead < LEADS.length; lead++) {
                    means[rung.ordinal()][lead] += pct[rung.ordinal()][lead] / files.size();
                }
            }
        }

        // then
        for (Rung rung : Rung.values()) {
            System.out.println(rung.key() + " " + Arrays.toString(means[rung.ordinal()]));
        }
        for (Rung rung : Rung.values()) {
            for (int lead = 0; lead < LEADS.length; lead++) {
                assertThat(means[rung.ordinal()][lead])
                        .as("%s, %d hours ahead", rung.key(), LEADS[lead])
                        .isCloseTo(rung.archivePct(LEADS[lead]), within(0.0006));
            }
        }
    }

    private static double[][] smapePct(HourlySeries file) {
        HoursOfWeek hoursOfWeek = new HoursOfWeek(CivilCalendar.withoutHolidays(ZoneId.of("America/New_York")));
        double[][] sums = new double[Rung.values().length][LEADS.length];
        int[][] counts = new int[Rung.values().length][LEADS.length];
        RegionState state = RegionState.empty(new StateLayout(90, 24, ScoredLeads.of(List.of())));
        LoadProfile profile = LoadProfile.empty();
        Deque<Issued> waiting = new ArrayDeque<>();
        int day = Integer.MIN_VALUE;
        for (int i = 0; i < file.hours(); i++) {
            if (!file.isPresent(i) || file.loadMw(i) <= 0) {
                continue;
            }
            long hour = file.epochHour(i);
            state = state.with(new Reading(file.region(), EpochHour.start(hour), file.loadMw(i)), Suspicion.NONE);
            waiting.removeIf(issued -> issued.hour() < hour - 24);
            for (Issued issued : waiting) {
                score(issued, hour, file.loadMw(i), sums, counts);
            }
            if (ScoredDay.dayOf(hour) > day) {
                day = ScoredDay.dayOf(hour);
                profile = ProfileDay.entered(profile, state, hour, hoursOfWeek);
            }
            waiting.add(new Issued(hour, forecast(KnownLoads.at(state, hour), profile, hoursOfWeek)));
        }
        for (int rung = 0; rung < sums.length; rung++) {
            for (int lead = 0; lead < LEADS.length; lead++) {
                sums[rung][lead] /= counts[rung][lead];
            }
        }
        return sums;
    }

    private static double[][] forecast(KnownLoads loads, LoadProfile profile, HoursOfWeek hoursOfWeek) {
        double[][] mw = new double[Rung.values().length][LEADS.length];
        for (Rung rung : Rung.values()) {
            for (int lead = 0; lead < LEADS.length; lead++) {
                mw[rung.ordinal()][lead] = rung.publishedMw(loads, profile, hoursOfWeek, LEADS[lead]);
            }
        }
        return mw;
    }

    private static void score(Issued issued, long hour, double actualMw, double[][] sums, int[][] counts) {
        int lead = Arrays.binarySearch(LEADS, (int) (hour - issued.hour()));
        for (int rung = 0; lead >= 0 && rung < sums.length; rung++) {
            double mw = issued.mw()[rung][lead];
            if (!Double.isNaN(mw)) {
                sums[rung][lead] += Smape.termPct(actualMw, mw);
                counts[rung][lead]++;
            }
        }
    }
}
