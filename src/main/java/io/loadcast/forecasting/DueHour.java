package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An hour on its way through the model: due when it is made, then settled once, by what came of its input. Not thread-safe. */
final class DueHour {
    private final Region region;
    private final long hour;
    private final boolean isReissue;
    private final int revision;
    private final ForecastInput input;
    private final Supplier<LoadProfile> profile;
    private @Nullable Forecast forecast;
    private List<Forecast> challengers = List.of();

    /** The next of the region's due hours; of the newest forecast hour, its re-issue. */
    DueHour(Region region, RegionState state, long hour, ForecastInput input, Supplier<LoadProfile> profile) {
        this.region = region;
        this.hour = hour;
        this.isReissue = hour == state.newestForecastHour();
        this.revision = isReissue ? state.issued() : 0;
        this.input = input;
        this.profile = profile;
    }

    /** The model has given a forecast. */
    void forecastIs(Forecast issued) {
        forecast = issued;
    }

    /** A challenger has given one too. */
    void challengerForecastIs(Forecast issued) {
        if (challengers.isEmpty()) {
            challengers = new ArrayList<>(1);
        }
        challengers.add(issued);
    }

    Region region() {
        return region;
    }

    long hour() {
        return hour;
    }

    /** Whether its turn had come before. */
    boolean isReissue() {
        return isReissue;
    }

    /** How many forecasts of this hour were issued before. */
    int revision() {
        return revision;
    }

    ForecastInput input() {
        return input;
    }

    /** The region's profile in its day; read before the region's next one is stored. */
    LoadProfile profile() {
        return profile.get();
    }

    /** The model's; null if it had too little input, or gave none that is finite. */
    @Nullable
    Forecast forecast() {
        return forecast;
    }

    /** The challenger's; null if it has given none. */
    @Nullable
    Forecast forecastOf(ModelId challenger) {
        for (Forecast issued : challengers) {
            if (issued.model().equals(challenger)) {
                return issued;
            }
        }
        return null;
    }
}
