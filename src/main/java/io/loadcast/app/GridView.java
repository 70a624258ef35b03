package io.loadcast.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.domain.Reading;
import io.loadcast.streaming.InvalidReadingException;
import io.loadcast.streaming.ReadingJson;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest state of every region, as the output topics tell it. Records of one region come in order; they may be taken on one
 * thread while others read.
 */
public final class GridView {
    private static final Logger LOG = LoggerFactory.getLogger(GridView.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, RegionView> regions = new ConcurrentSkipListMap<>();
    private final AtomicLong readings = new AtomicLong();
    private final AtomicLong accuracyRecords = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();

    /** The regions, by name. */
    public List<RegionView> regions() {
        return List.copyOf(regions.values());
    }

    /** Records on the readings topic, valid or not. */
    public long readings() {
        return readings.get();
    }

    public long accuracyRecords() {
        return accuracyRecords.get();
    }

    public long deadLetters() {
        return deadLetters.get();
    }

    void takeReading(byte @Nullable [] key, byte @Nullable [] value) {
        readings.incrementAndGet();
        try {
            Reading reading = ReadingJson.parse(key, value, Instant.now());
            update(reading.region().name(), region -> region.withLoad(reading.validTime(), reading.loadMw()));
        } catch (InvalidReadingException e) {
            // Its dead letter is counted when it arrives.
            LOG.debug("no reading: {}", e.getMessage());
        }
    }

    void takeForecast(byte[] value) {
        JsonNode forecast = trusted(value);
        update(
                forecast.get("region").asText(),
                region -> region.withForecast(
                        forecast.get("p10_mw").get(0).asDouble(),
                        forecast.get("p50_mw").get(0).asDouble(),
                        forecast.get("p90_mw").get(0).asDouble(),
                        forecast.get("quality").asText(),
                        forecast.path("reason").textValue()));
    }

    void takeAccuracy(byte[] value) {
        JsonNode score = trusted(value);
        if (score.path("role").asText().equals("challenger")) {
            return; // not of what is published
        }
        accuracyRecords.incrementAndGet();
        if (score.get("lead_hours").asInt() == 1) {
            update(
                    score.get("region").asText(),
                    region -> region.withScore(new RegionView.Score(
                            score.get("count_all").asLong(),
                            score.get("smape_all_pct").asDouble(),
                            score.get("baseline_smape_all_pct").asDouble(),
                            score.get("coverage_all_pct").asDouble())));
        }
    }

    void takeDeadLetter() {
        deadLetters.incrementAndGet();
    }

    private void update(String region, UnaryOperator<RegionView> change) {
        regions.compute(region, (name, view) -> change.apply(view == null ? RegionView.unread(name) : view));
    }

    private static JsonNode trusted(byte[] value) {
        try {
            return MAPPER.readTree(value);
        } catch (IOException e) {
            throw new IllegalStateException("loadcast wrote a record that is not JSON", e);
        }
    }
}
