package io.loadcast.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be seen of one region at one moment: loads in MW, errors in percent.
 *
 * @param newestHour the newest hour that anything is known of, since 1970; null while nothing is
 * @param load the newest load; null while none was read
 * @param nextHour the newest forecast of the hour after it; null while none was issued
 * @param scores how the forecasts did, by lead time, ascending; empty while none was scored
 */
public record RegionView(
        String region,
        @Nullable Long newestHour,
        @Nullable Load load,
        @Nullable NextHour nextHour,
        List<LeadScore> scores) {

    /**
     * @param validTime the hour it is of
     * @param readings how many valid ones were seen
     */
    public record Load(Instant validTime, double mw, long readings) {}

    /**
     * @param issueTime of the forecast
     * @param quality {@code ok}, {@code imputed} or {@code fallback}
     * @param method what made it, where the forecast says so
     * @param reason why it is not {@code ok}; null where it is
     * @param forecasts how many were seen
     */
    public record NextHour(
            Instant issueTime,
            double p10Mw,
            double p50Mw,
            double p90Mw,
            String quality,
            @Nullable String method,
            @Nullable String reason,
            long forecasts) {}

    /** How the forecasts of one lead time did, over each window. */
    public record LeadScore(int leadHours, Score last24h, Score last168h, Score all) {}

    /**
     * @param count hours scored
     * @param smapePct their mean sMAPE
     * @param baselineSmapePct mean sMAPE of the ratio baseline over the same hours
     * @param coveragePct share of those hours whose load lay inside [p10, p90]
     */
    public record Score(long count, double smapePct, double baselineSmapePct, double coveragePct) {}

    public long readings() {
        return load == null ? 0 : load.readings();
    }

    public long forecasts() {
        return nextHour == null ? 0 : nextHour.forecasts();
    }

    /** How the forecasts of the next hour did; null while none was scored. */
    public @Nullable LeadScore nextHourScore() {
        return scores.isEmpty() || scores.get(0).leadHours() != 1 ? null : scores.get(0);
    }

    /** The same over all hours. */
    public @Nullable Score score() {
        LeadScore next = nextHourScore();
        return next == null ? null : next.all();
    }

    public long scored() {
        Score score = score();
        return score == null ? 0 : score.count();
    }

    /**
     * How it stands with the region.
     *
     * @param newestOfAll the newest hour of all regions
     */
    public RegionStatus status(long newestOfAll) {
        return RegionStatus.of(newestHour == null ? Long.MIN_VALUE : newestHour, nextHour, newestOfAll);
    }
}
