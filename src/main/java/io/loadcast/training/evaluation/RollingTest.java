package io.loadcast.training.evaluation;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.LookbackWindow;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
                .mapToObj(this::window)
                .filter(Objects::nonNull);
    }

    /** Null if serving would withhold the forecast. */
    private @Nullable TestWindow window(int origin) {
        if (!series.isPresent(origin)) {
            return null;
        }
        float[] seenMw = loadMw(origin + 1 - ProtocolEvaluation.LOOKBACK - LookbackWindow.CONTEXT_HOURS, origin + 1);
        LookbackWindow lookback = LookbackWindow.complete(series.epochHour(origin), seenMw, ImputationLimits.DEFAULT);
        return lookback == null
                ? null
                : new TestWindow(
                        lookback.issueHour(),
                        lookback.loadMw(),
                        ahead(origin + 1),
                        ahead(origin + 1 - TestWindow.WEEK_HOURS));
    }

    private float[] ahead(int first) {
        return loadMw(first, first + ProtocolEvaluation.HORIZON);
    }

    /** The grid from one hour to another; NaN where it has no reading or has not begun or has ended. */
    private float[] loadMw(int from, int to) {
        float[] loadMw = new float[to - from];
        for (int i = 0; i < loadMw.length; i++) {
            int hour = from + i;
            loadMw[i] = hour >= 0 && hour < series.hours() ? series.loadMw(hour) : Float.NaN;
        }
        return loadMw;
    }
}
