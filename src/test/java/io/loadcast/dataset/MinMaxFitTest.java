package io.loadcast.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Extremes;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionScale;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tribuo.transform.TransformStatistics;
import org.tribuo.transform.Transformer;
import org.tribuo.transform.transformations.LinearScalingTransformation;

class MinMaxFitTest {
    private static final long SEED = 20210704;
    private static final Region REGION = new Region("north");
    /** 1970-01-01T00:00Z, a Thursday. */
    private static final long NEW_YEAR = 0;

    @Test
    void loadsAndCalendarAreScaledByTheirSmallestAndLargestNumber() {
        // given: three days, a Thursday to a Saturday
        float[] loadMw = new float[72];
        Arrays.fill(loadMw, 700);
        loadMw[5] = 310.7f;
        loadMw[40] = 955.1f;
        loadMw[50] = Float.NaN;

        // when
        RegionScale scale = MinMaxFit.of(
                series(loadMw),
                List.of(CalendarFeature.DAY_OF_WEEK, CalendarFeature.MONTH, CalendarFeature.DAY_OF_YEAR));

        // then
        assertThat(scale)
                .isEqualTo(new RegionScale(
                        new Extremes(310.7f, 955.1f),
                        List.of(new Extremes(3, 5), new Extremes(1, 1), new Extremes(1, 3))));
        assertThat(scale.numbers()).containsExactly(310.7f, 3, 1, 1, (float) (955.1f - (double) 310.7f), 2, 1, 2);
    }

    @Test
    void scaledLoadsAreThoseOfTribuosTransformation() {
        // given
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        float[] loadMw = new float[500];
        TransformStatistics statistics = new LinearScalingTransformation(0, 1).createStats();
        for (int i = 0; i < loadMw.length; i++) {
            loadMw[i] = 1000 + 100 * (float) random.nextGaussian();
            statistics.observeValue(loadMw[i]);
        }
        Transformer tribuo = statistics.generateTransformer();

        // when
        float[] numbers = MinMaxFit.of(series(loadMw), List.of()).numbers();

        // then
        for (float mw : loadMw) {
            assertThat((mw - numbers[0]) / numbers[1]).isCloseTo((float) tribuo.transform(mw), within(1e-6f));
        }
    }

    @Test
    void hoursThatValidateOrTestDoNotCount() {
        // given: loads near 1000 MW while training lasts; then one of 1 MW validates, and one of 9000 MW tests
        float[] loadMw = new float[3000];
        for (int i = 0; i < loadMw.length; i++) {
            loadMw[i] = 1000 + i % 100;
        }
        ChronologicalSplit split = ChronologicalSplit.of(series(loadMw), 0.05);
        loadMw[split.validationFrom()] = 1;
        loadMw[split.testFrom()] = 9000;
        HourlySeries series = series(loadMw);

        // when
        Map<Region, RegionScale> scales = MinMaxFit.ofTraining(
                new RegionSplits(List.of(series), 0.05), List.of(series), List.of(CalendarFeature.DAY_OF_YEAR));

        // then
        int lastDay = (split.validationFrom() - 1) / 24 + 1;
        assertThat(scales)
                .containsExactly(Map.entry(
                        REGION, new RegionScale(new Extremes(1000, 1099), List.of(new Extremes(1, lastDay)))));
    }

    @Test
    void regionWhoseLoadNeverChangesCanBeScaled() {
        RegionScale scale = MinMaxFit.of(series(new float[] {80, 80, 80}), List.of());

        assertThat(scale.numbers()).containsExactly(80, 1);
    }

    @Test
    void regionWithoutALoadIsRefused() {
        HourlySeries missing = series(new float[] {Float.NaN, Float.NaN});

        assertThatThrownBy(() -> MinMaxFit.of(missing, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("region north has no load among the hours that train");
    }

    private static HourlySeries series(float[] loadMw) {
        return new HourlySeries(REGION, CivilCalendar.UTC, NEW_YEAR, loadMw);
    }
}
