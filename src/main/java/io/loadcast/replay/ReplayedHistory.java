package io.loadcast.replay;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Reading;
import io.loadcast.streaming.InvalidReadingException;
import io.loadcast.streaming.ReadingJson;
import io.loadcast.streaming.ReadingScope;
import io.loadcast.streaming.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The readings that a replay has taken, and the forecasts that it has made of them, for whoever scores them. For one thread. */
public final class ReplayedHistory {
    private final ReplayRequest request;
    private final Topics live;
    private final ReplayCluster cluster;
    private final ReplayPlan plan;

    ReplayedHistory(ReplayRequest request, Topics live, ReplayCluster cluster, ReplayPlan plan) {
        this.request = request;
        this.live = live;
        this.cluster = cluster;
        this.plan = plan;
    }

    /**
     * The loads, the last one of each hour, sorted by region.
     *
     * @param civilCalendar of all regions; readings carry none
     * @throws ReplayException if the topic cannot be read
     */
    public List<HourlySeries> loads(CivilCalendar civilCalendar) {
        ReadingScope scope = new ReplayPreparation(request, live, cluster).scope(plan);
        FinalLoads loads = new FinalLoads();
        Instant now = Instant.now();
        try (TopicReader reader = new TopicReader(request.kafka(), plan.source())) {
            reader.readTo(plan.ends(), record -> {
                if (scope.takes(record.partition(), record.offset(), record.key(), record.value())) {
                    reading(record.key(), record.value(), now).ifPresent(loads::take);
                }
            });
        }
        return loads.series(civilCalendar);
    }

    private static Optional<Reading> reading(byte[] key, byte[] value, Instant now) {
        try {
            return Optional.of(ReadingJson.parse(key, value, now));
        } catch (InvalidReadingException e) {
            return Optional.empty(); // it has become a dead letter
        }
    }

    /** For how long after its first forecast a region is warming up, in hours; 0 if the replay knew all that live did. */
    public long warmUpHours() {
        return plan.warmUp().map(Duration::toHours).orElse(0L);
    }

    /**
     * All forecasts from after the warm-up, revisions included; of each region in their order.
     *
     * @throws ReplayException if the topic cannot be read
     */
    public void forEachForecast(Consumer<PublishedForecast> action) {
        WarmUp warmUp = new WarmUp(plan.warmUp());
        ReplaySummary.read(request.kafka(), plan, ReplayPlan.FORECASTS, record -> {
            PublishedForecast forecast = PublishedForecast.parse(record.value());
            warmUp.see(forecast);
            if (warmUp.isOver(forecast.region(), forecast.issueTime())) {
                action.accept(forecast);
            }
        });
    }
}
