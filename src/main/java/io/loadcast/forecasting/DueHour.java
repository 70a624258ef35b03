package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import org.jspecify.annotations.Nullable;

/** An hour on its way through the model: due when it is made, then settled once as either forecast or withheld. Not thread-safe. */
final class DueHour {
    private final Region region;
    private final long hour;
    private @Nullable Forecast forecast;
    private @Nullable Withheld withheld;

    DueHour(Region region, long hour) {
        this.region = region;
        this.hour = hour;
    }

    void forecastIs(Forecast issued) {
        forecast = issued;
    }

    void isWithheld(Withheld reason) {
        withheld = reason;
    }

    Region region() {
        return region;
    }

    long hour() {
        return hour;
    }

    /** Null if it was withheld. */
    @Nullable
    Forecast forecast() {
        return forecast;
    }

    /** Null if it was forecast. */
    @Nullable
    Withheld withheld() {
        return withheld;
    }
}
