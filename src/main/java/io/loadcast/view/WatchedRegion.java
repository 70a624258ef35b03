package io.loadcast.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that a view keeps of one region. Thread-safe. */
final class WatchedRegion {
    private final String name;
    private final RegionHistory history;
    private final Map<Integer, RegionView.LeadScore> scores = new TreeMap<>();
    private long readings;
    private long forecasts;
    private RegionView.@Nullable Load load;
    private RegionView.@Nullable NextHour nextHour;
    private byte @Nullable [] newestForecast;
    private @Nullable Reading held;
    private @Nullable RegionStatus told;
    private long lastHour = Long.MIN_VALUE;
    private long confirmedHour = Long.MIN_VALUE;

    WatchedRegion(String name, int hours) {
        this.name = name;
        this.history = new RegionHistory(hours);
    }

    /**
     * Takes a load. One that lies far ahead of all that is known waits until the next one confirms it, as in the topology: it would
     * push everything else out.
     */
    synchronized void take(Reading reading, int maxJumpHours) {
        readings++;
        long hour = reading.epochHour();
        confirm(hour, maxJumpHours);
        Reading before = held;
        held = null;
        if (history.isEmpty() || hour - history.newest() <= maxJumpHours) {
            put(reading);
        } else if (before != null && Math.abs(hour - before.epochHour()) <= maxJumpHours) {
            put(before);
            put(reading);
        } else {
            held = reading;
        }
        if (load != null) {
            load = new RegionView.Load(load.validTime(), load.mw(), readings);
        }
    }

    /** The same hour again, or its forecast, says nothing of whether the clock was right. */
    private void confirm(long hour, int maxJumpHours) {
        if (hour == lastHour) {
            return;
        }
        if (lastHour != Long.MIN_VALUE && Math.abs(hour - lastHour) <= maxJumpHours) {
            confirmedHour = Math.max(confirmedHour, Math.max(hour, lastHour));
        }
        lastHour = hour;
    }

    private void put(Reading reading) {
        history.putLoad(reading.epochHour(), reading.loadMw());
        if (load == null || !reading.validTime().isBefore(load.validTime())) {
            load = new RegionView.Load(reading.validTime(), reading.loadMw(), readings);
        }
    }

    synchronized void takeForecast(byte[] record, JsonNode forecast, int maxJumpHours) {
        forecasts++;
        Instant issueTime = Instant.parse(forecast.get("issue_time").asText());
        double[] p10 = numbers(forecast.get("p10_mw"));
        double[] p50 = numbers(forecast.get("p50_mw"));
        double[] p90 = numbers(forecast.get("p90_mw"));
        confirm(EpochHour.containing(issueTime), maxJumpHours);
        history.putForecast(EpochHour.containing(issueTime), p10, p50, p90);
        newestForecast = record;
        nextHour = new RegionView.NextHour(
                issueTime,
                p10[0],
                p50[0],
                p90[0],
                forecast.path("quality").asText("ok"),
                forecast.path("method").textValue(),
                forecast.path("reason").textValue(),
                forecasts);
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }

    synchronized void takeScore(JsonNode score) {
        int lead = score.get("lead_hours").asInt();
        scores.put(
                lead,
                new RegionView.LeadScore(lead, window(score, "24h"), window(score, "168h"), window(score, "all")));
    }

    private static RegionView.Score window(JsonNode score, String window) {
        return new RegionView.Score(
                score.path("count_" + window).asLong(),
                score.path("smape_" + window + "_pct").asDouble(),
                score.path("baseline_smape_" + window + "_pct").asDouble(),
                score.path("coverage_" + window + "_pct").asDouble());
    }

    synchronized void keep(int hours) {
        history.keep(hours);
    }

    /**
     * The newest hour of which another one not far from it bears witness; {@link Long#MIN_VALUE} while there is none. One reading with a
     * wrong clock, or of a region that was mistyped, says nothing of the others.
     */
    synchronized long confirmedHour() {
        return confirmedHour;
    }

    /** How it stands with the region now, if that is another than when this was last asked. */
    synchronized Optional<RegionStatus> newStatus(long newestOfAll) {
        RegionStatus now = RegionStatus.of(history.newest(), nextHour, newestOfAll);
        if (now == told) {
            return Optional.empty();
        }
        told = now;
        return Optional.of(now);
    }

    synchronized RegionView view() {
        return new RegionView(
                name, history.isEmpty() ? null : history.newest(), load, nextHour, List.copyOf(scores.values()));
    }

    /** As it was on the topic; not to be changed. */
    synchronized byte @Nullable [] newestForecast() {
        return newestForecast;
    }

    /** The first hour that is kept; null while nothing is known. */
    synchronized @Nullable Long oldestHour() {
        return history.isEmpty() ? null : history.oldest();
    }

    /** The loads of so many hours up to the newest, oldest first; NaN where none was read. */
    synchronized double[] newestLoads(int hours) {
        double[] loads = new double[hours];
        for (int i = 0; i < hours; i++) {
            loads[i] = history.isEmpty() ? Double.NaN : history.load(history.newest() - hours + 1 + i);
        }
        return loads;
    }

    /**
     * The hours of a period, as far as they are kept.
     *
     * @param end after the last hour
     */
    synchronized List<HistoryHour> hours(long start, long end, List<Integer> leads) {
        List<HistoryHour> hours = new ArrayList<>();
        if (history.isEmpty()) {
            return hours;
        }
        long last = Math.min(end, history.newest() + 1);
        for (long hour = Math.max(start, history.oldest()); hour < last; hour++) {
            Map<Integer, float[]> forecast = new HashMap<>();
            for (int lead : leads) {
                float[] quantiles = history.forecast(hour, lead);
                if (quantiles != null) {
                    forecast.put(lead, quantiles);
                }
            }
            hours.add(new HistoryHour(hour, history.load(hour), forecast));
        }
        return hours;
    }
}
