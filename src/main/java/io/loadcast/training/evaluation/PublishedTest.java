package io.loadcast.training.evaluation;

import io.loadcast.dataset.HourlySeries;
import java.util.BitSet;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One region at the hours at which forecasts of it were published. An hour at which the final loads do not fill a lookback is left out:
 * what was published then was a fallback, and no baseline could be set beside it.
 */
final class PublishedTest implements RegionTest {
    private final SeriesWindows windows;
    private final BitSet origins = new BitSet();

    PublishedTest(HourlySeries series, IssueHours issued) {
        this.windows = new SeriesWindows(series);
        for (long hour : issued.of(series.region().name())) {
            long origin = hour - series.firstEpochHour();
            if (origin >= 0 && origin < series.hours() && windows.endingAt((int) origin) != null) {
                origins.set((int) origin);
            }
        }
    }

    @Override
    public HourlySeries series() {
        return windows.series();
    }

    @Override
    public long firstTestHour() {
        return series().epochHour(origins.nextSetBit(0)) + 1;
    }

    @Override
    public Stream<TestWindow> windows() {
        return origins.stream().mapToObj(windows::endingAt).filter(Objects::nonNull);
    }

    /** Null if it is not one of them. */
    @Nullable
    TestWindow window(long issueHour) {
        long origin = issueHour - series().firstEpochHour();
        return origin >= 0 && origin < series().hours() && origins.get((int) origin)
                ? windows.endingAt((int) origin)
                : null;
    }
}
