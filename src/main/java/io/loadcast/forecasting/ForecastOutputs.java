package io.loadcast.forecasting;

import io.loadcast.domain.Region;

/** Where scores and forecasts go: of one region, in the order of its hours, an hour's scores before its forecast. */
public interface ForecastOutputs {

    void score(Region region, PointScore score);

    void forecast(Forecast forecast);

    /** A due hour passed without a forecast. */
    void withheld(Region region, Withheld reason);
}
