package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import org.jspecify.annotations.Nullable;

/**
 * What the model, or what stands in for it, says of one region's next hours. Entry {@code i} of each array holds for lead time {@code i + 1} hours, in
 * MW at the published precision.
 *
 * @param region whose load it is
 * @param issueHour the hour (see {@link io.loadcast.domain.EpochHour}) of the newest reading that it used
 * @param revision 0 for the first forecast of an issue time
 * @param model which model is served
 * @param method what made the forecast
 * @param quality how much of the input was read
 * @param cause why it is not the model's; null if it is
 * @param reason why the quality is not {@link ForecastQuality#OK}; null when it is
 * @param p10Mw the load is at or below this with probability 0.1
 * @param p50Mw the median, which is scored
 * @param p90Mw the load is at or below this with probability 0.9
 */
public record Forecast(
        Region region,
        long issueHour,
        int revision,
        ModelId model,
        ForecastMethod method,
        ForecastQuality quality,
        @Nullable FallbackCause cause,
        @Nullable String reason,
        double[] p10Mw,
        double[] p50Mw,
        double[] p90Mw) {

    public int horizonHours() {
        return p50Mw.length;
    }
}
