package io.loadcast.training;

import static io.loadcast.zoo.LinearForecast.HOURS_OF_WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.loadcast.dataset.HourWindow;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.RegionSplits;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.KnownRegions;
import io.loadcast.domain.Region;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.CalibratedMedian;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Zoo;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Of a network that has learnt nothing: its median repeats the last hour, a log-ratio of zero. */
class MedianCalibrationTest {
    private static final Region SLOW = new Region("slow");
    private static final Region FAST = new Region("fast");
    private static final KnownRegions KNOWN = new KnownRegions(List.of(FAST, SLOW));
    private static final int HOURS = 168 * 40;

    private final NDManager manager = NDManager.newBaseManager();
    private final Architecture architecture =
            Zoo.named("gru-attention", Sizes.of(2, 1, 0)).knowing(2);
    private final Network network = architecture.newNetwork(manager);
    private final CalibratedMedian tables = network.calibratedMedian().orElseThrow();

    @BeforeAll
    static void oneThread() {
        Trainer.configureEngine(1);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void biasOfARegionIsWhatItsForecastsLackedByHourOfTheWeekShortOfTenRowsOfZero() {
        // given: one region grows by 0.1 % an hour, the other by 0.2 %
        List<HourlySeries> series = List.of(series(SLOW, t -> 0.001 * t), series(FAST, t -> 0.002 * t));
        List<HourWindow> windows = windows(series);

        // when
        float[] bias = calibration(series).regionBias(windows, KNOWN);

        // then: about 39 rows of each hour of the week
        assertThat(bias).hasSize(3 * HOURS_OF_WEEK * 24);
        assertThat(Arrays.copyOf(bias, HOURS_OF_WEEK * 24)).as("unknown").containsOnly(0);
        double rows = windows.size() / 2.0 * 17 / HOURS_OF_WEEK;
        for (int i = 0; i < HOURS_OF_WEEK * 24; i++) {
            double share = rows / (rows + 10);
            int lead = i % 24 + 1;
            assertThat(bias[HOURS_OF_WEEK * 24 + i]).isCloseTo((float) (share * 0.002 * lead), within(0.0003f * lead));
            assertThat(bias[2 * HOURS_OF_WEEK * 24 + i])
                    .isCloseTo((float) (share * 0.001 * lead), within(0.00015f * lead));
        }
    }

    @Test
    void regionWithItsBiasIsForecastByItAndAnotherIsNot() {
        // given
        List<HourlySeries> series = List.of(series(SLOW, t -> 0.001 * t), series(FAST, t -> 0.002 * t));
        tables.setRegionBias(calibration(series).regionBias(windows(series), KNOWN));

        // when: what is lacking now
        float[] left = calibration(series).regionBias(windows(series), KNOWN);
        float[] unknown = calibration(series, region -> 0).regionBias(windows(series), KNOWN);

        // then
        assertThat(left[HOURS_OF_WEEK * 24]).isBetween(0.0f, 0.0006f);
        assertThat(unknown[HOURS_OF_WEEK * 24]).isCloseTo(0.0016f, within(0.0003f));
    }

    @Test
    void shareIsOneWhereTheLastDayComesAgain() {
        List<HourlySeries> series = List.of(series(SLOW, t -> 0.2 * Math.sin(t * Math.PI / 12)));

        float[] share = calibration(series).dayShare(tables, windows(series));

        assertThat(share).hasSize(24);
        for (int h = 0; h < 23; h++) { // after a day, both the last hour and the last day say the same
            assertThat(share[h]).isCloseTo(1, within(1e-3f));
        }
    }

    @Test
    void shareIsZeroWhereTheLastDayTellsNothingOrTheContrary() {
        // given: no change at all; and each day the opposite of the day before, with the last hour of a window at
        // neither
        List<HourlySeries> constant = List.of(series(SLOW, t -> 0));
        List<HourlySeries> contrary =
                List.of(series(SLOW, t -> (t / 24 % 2 == 0 ? 0.1 : -0.1) * (t % 24 == 12 ? 1 : 0)));

        // then
        assertThat(calibration(constant).dayShare(tables, windows(constant))).containsOnly(0);
        assertThat(calibration(contrary).dayShare(tables, windows(contrary))[0]).isCloseTo(0, within(1e-5f));
    }

    @Test
    void sharesOfTheNetworkAreZeroAfterwardsAsBefore() {
        List<HourlySeries> series = List.of(series(SLOW, t -> 0.2 * Math.sin(t * Math.PI / 12)));

        calibration(series).dayShare(tables, windows(series));

        assertThat(network.weights().get("median_day_share").values()).containsOnly(0);
    }

    private MedianCalibration calibration(List<HourlySeries> series) {
        return calibration(series, KNOWN::number);
    }

    private MedianCalibration calibration(List<HourlySeries> series, ToIntFunction<Region> number) {
        WindowTensors tensors =
                new WindowTensors(architecture, region -> new float[] {number.applyAsInt(region)}, series, 512);
        return new MedianCalibration(architecture, network, new WindowForecasts(network, tensors, manager));
    }

    private static List<HourWindow> windows(List<HourlySeries> series) {
        return new RegionSplits(series, 0).training(114, 17, () -> 0);
    }

    private static HourlySeries series(Region region, IntToDoubleFunction log) {
        float[] loadMw = new float[HOURS];
        for (int t = 0; t < HOURS; t++) {
            loadMw[t] = (float) (1000 * Math.exp(log.applyAsDouble(t)));
        }
        return new HourlySeries(region, CivilCalendar.UTC, 420_000, loadMw);
    }
}
