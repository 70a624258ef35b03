package io.loadcast.training.evaluation;

import io.loadcast.dataset.HourlySeries;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One region as serving would have met it: hour by hour on the UTC grid, through the last tenth of its time. A missing hour of a
 * lookback is imputed, a forecast without enough readings is withheld, and an hour without a reading is never scored.
 */
final class RollingTest implements RegionTest {
    private static final int TEST_PART = 10;

    private final HourlySeries series;
    private final int testFrom;

    /** @throws IllegalArgumentException if the hours before the test do not fill a lookback */
    RollingTest(HourlySeries series) {
        this.series = series;
        this.testFrom = series.hours() - series.hours() / TEST_PART;
        if (testFrom == series.hours() || testFrom < ProtocolEvaluation.LOOKBACK) {
            throw new IllegalArgumentException("region " + series.region() + " spans " + series.hours()
                    + " hours; a test needs at least " + ProtocolEvaluation.LOOKBACK * TEST_PART / (TEST_PART - 1));
        }
    }

    @Override
    public HourlySeries series() {
        return series;
    }

    @Override
    public long firstTestHour() {
        return series.epochHour(testFrom);
    }

    @Override
    public Stream<TestWindow> windows() {
        return IntStream.range(testFrom - 1, series.hours() - 1)
                .mapToObj(new SeriesWindows(series)::endingAt)
                .filter(Objects::nonNull);
    }
}
