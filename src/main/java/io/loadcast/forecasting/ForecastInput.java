package io.loadcast.forecasting;

import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.LookbackWindow;
import io.loadcast.domain.Region;
import java.util.Arrays;

/** What the forecast of an hour is made from. Two are equal if the same forecast would be made. */
sealed interface ForecastInput {

    /** Enough for the model. */
    record OfModel(LookbackWindow window) implements ForecastInput {}

    /**
     * Enough for the {@link Fallback} only.
     *
     * @param p50Mw its median, by lead time
     */
    record OfFallback(double[] p50Mw, InputGaps gaps) implements ForecastInput {
        @Override
        public boolean equals(Object other) {
            return other instanceof OfFallback input && Arrays.equals(p50Mw, input.p50Mw);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(p50Mw);
        }
    }

    /** Enough for nothing. */
    record TooLittle(InputGaps gaps) implements ForecastInput {}

    /** Of a region that the model cannot forecast whatever was read. */
    record OfUnknownRegion() implements ForecastInput {}

    /** What the state has for a forecast issued at the hour. */
    static ForecastInput of(
            ModelManifest manifest, ImputationLimits limits, Region region, RegionState state, long hour) {
        // A region that the model cannot forecast is told at its first reading, not only when its warm-up is over.
        if (!manifest.forecasts(region)) {
            return new OfUnknownRegion();
        }
        LookbackWindow window = state.windowAt(hour, limits);
        if (window != null) {
            return new OfModel(window);
        }
        InputGaps gaps = InputGaps.of(state, hour);
        double[] p50Mw = Fallback.p50Mw(state.ring(), hour, manifest.horizonHours());
        return p50Mw == null ? new TooLittle(gaps) : new OfFallback(p50Mw, gaps);
    }

    /** Whether a forecast comes of it. */
    default boolean isEnough() {
        return this instanceof OfModel || this instanceof OfFallback;
    }
}
