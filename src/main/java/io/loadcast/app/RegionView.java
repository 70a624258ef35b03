package io.loadcast.app;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be seen of one region: loads in MW, errors in percent.
 *
 * @param load the newest load; null while none was read
 * @param nextHour the newest forecast of the hour after it; null while none was issued
 * @param score how the next-hour forecasts did; null while none was scored
 */
public record RegionView(
        String region,
        @Nullable Load load,
        @Nullable NextHour nextHour,
        @Nullable Score score) {

    /**
     * @param validTime the hour it is of
     * @param readings how many valid ones were read
     */
    public record Load(Instant validTime, double mw, long readings) {}

    /**
     * @param quality {@code ok}, {@code imputed} or {@code fallback}
     * @param reason why it is not {@code ok}; null where it is
     * @param forecasts how many were issued
     */
    public record NextHour(
            double p10Mw,
            double p50Mw,
            double p90Mw,
            String quality,
            @Nullable String reason,
            long forecasts) {}

    /**
     * @param count hours scored
     * @param smapePct their mean sMAPE
     * @param baselineSmapePct mean sMAPE of the ratio baseline over the same hours
     * @param coveragePct share of those hours whose load lay inside [p10, p90]
     */
    public record Score(long count, double smapePct, double baselineSmapePct, double coveragePct) {}

    static RegionView unread(String region) {
        return new RegionView(region, null, null, null);
    }

    RegionView withLoad(Instant validTime, double mw) {
        Load newest = load == null || !validTime.isBefore(load.validTime())
                ? new Load(validTime, mw, readings() + 1)
                : new Load(load.validTime(), load.mw(), readings() + 1);
        return new RegionView(region, newest, nextHour, score);
    }

    RegionView withForecast(double p10Mw, double p50Mw, double p90Mw, String quality, @Nullable String reason) {
        return new RegionView(region, load, new NextHour(p10Mw, p50Mw, p90Mw, quality, reason, forecasts() + 1), score);
    }

    RegionView withScore(Score newScore) {
        return new RegionView(region, load, nextHour, newScore);
    }

    public long readings() {
        return load == null ? 0 : load.readings();
    }

    public long forecasts() {
        return nextHour == null ? 0 : nextHour.forecasts();
    }

    public long scored() {
        return score == null ? 0 : score.count();
    }
}
