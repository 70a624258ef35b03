package io.loadcast.forecasting;

import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.LookbackWindow;
import io.loadcast.domain.Region;
import java.util.Arrays;
import java.util.function.Supplier;

/** What the forecast of an hour is made from. Two are equal if the same forecast would be made. */
sealed interface ForecastInput {

    /** Enough for the model. */
    record OfModel(LookbackWindow window) implements ForecastInput {}

    /** Enough for a rung of the ladder below the model. */
    record OfFallback(Ladder.Choice choice) implements ForecastInput {
        @Override
        public boolean equals(Object other) {
            return other instanceof OfFallback input
                    && choice.rung() == input.choice.rung()
                    && Arrays.equals(choice.p50Mw(), input.choice.p50Mw());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(choice.p50Mw());
        }
    }

    /** Enough for nothing. */
    record TooLittle() implements ForecastInput {}

    /** What the state has for the model if it forecasts the region, else for the ladder below it, at an hour. */
    static ForecastInput of(
            ModelManifest manifest,
            ImputationLimits limits,
            Ladder ladder,
            Region region,
            RegionState state,
            Supplier<LoadProfile> profile,
            long hour) {
        LookbackWindow window = manifest.forecasts(region) ? state.windowAt(hour, limits) : null;
        return window != null
                ? new OfModel(window)
                : withoutModel(manifest, ladder, region, state, profile.get(), hour);
    }

    /** What the state has for the ladder below the model. */
    static ForecastInput withoutModel(
            ModelManifest manifest, Ladder ladder, Region region, RegionState state, LoadProfile profile, long hour) {
        Ladder.Choice choice = ladder.choose(region, state, profile, hour, manifest.horizonHours());
        return choice == null ? new TooLittle() : new OfFallback(choice);
    }

    /** Whether a forecast comes of it. */
    default boolean isEnough() {
        return !(this instanceof TooLittle);
    }
}
