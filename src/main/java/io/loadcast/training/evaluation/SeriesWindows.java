package io.loadcast.training.evaluation;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.LookbackWindow;
import org.jspecify.annotations.Nullable;

/** The windows of one region on the UTC grid, as serving meets them: what is missing of a lookback is imputed. */
record SeriesWindows(HourlySeries series) {

    /**
     * The window that ends with an element of the series.
     *
     * @return null if serving would withhold its forecast: the hour was not read, or too much is missing before it
     */
    @Nullable
    TestWindow endingAt(int origin) {
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
