package io.loadcast.forecasting;

import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import org.jspecify.annotations.Nullable;

/** Where scores and forecasts go: of one region, in the order of its hours, an hour's scores before its forecast. */
public interface ForecastOutputs {

    void score(Region region, PointScore score);

    void forecast(Forecast forecast);

    /** A due hour passed without a forecast. */
    void withheld(Region region, Withheld reason);

    /** A load was taken that is odd. */
    void suspect(Region region, Suspicion suspicion);

    /**
     * A held reading was not confirmed, and is forgotten. Called while the reading is taken that decided it, never by a flush.
     *
     * @param newestReadingHour the region's clock; null if it has none yet
     */
    void unconfirmed(Reading held, @Nullable Long newestReadingHour);

    /** A gap in a region's feed began to cost it the model's forecasts, or no longer does. */
    void alert(Alert alert);
}
