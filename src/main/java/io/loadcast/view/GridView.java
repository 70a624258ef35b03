package io.loadcast.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.domain.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest state and the last days of every region, and the newest alerts, as the topics tell them; in bounded memory. Records are
 * taken on one thread, each partition's in their order; any thread may look meanwhile.
 */
public final class GridView {
    private static final Logger LOG = LoggerFactory.getLogger(GridView.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ReadingParser parser;
    private final ViewLimits limits;
    private final Map<String, WatchedRegion> regions = new ConcurrentSkipListMap<>();
    private final AlertLog alerts = new AlertLog();
    private final AtomicLong readings = new AtomicLong();
    private final AtomicLong accuracyRecords = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();
    private final AtomicLong newestHour = new AtomicLong(Long.MIN_VALUE);
    private final AtomicBoolean full = new AtomicBoolean();
    private volatile ViewListener listener = ViewListener.NONE;
    private volatile boolean complete;
    private volatile int hours;
    private volatile int leads = ViewLimits.USUAL_LEADS;

    public GridView(ReadingParser parser, ViewLimits limits) {
        this.parser = parser;
        this.limits = limits;
        this.hours = limits.hoursOf(1, leads);
    }

    /** Has this one told of what is new, in place of any before. */
    public void listen(ViewListener heard) {
        listener = heard;
    }

    /** The regions, by name. */
    public List<RegionView> regions() {
        return regions.values().stream().map(WatchedRegion::view).toList();
    }

    public Optional<RegionView> region(String name) {
        return Optional.ofNullable(regions.get(name)).map(WatchedRegion::view);
    }

    /** The region's newest forecast, as it is on the topic; not to be changed. */
    public Optional<byte[]> newestForecast(String region) {
        return Optional.ofNullable(regions.get(region)).map(WatchedRegion::newestForecast);
    }

    /** The region's loads of so many hours up to its newest, oldest first; NaN where none was read. */
    public double[] newestLoads(String region, int count) {
        WatchedRegion watched = regions.get(region);
        return watched == null ? new double[0] : watched.newestLoads(count);
    }

    /**
     * The region's hours of a period, as far as they are kept.
     *
     * @param start in hours since 1970
     * @param end after the last hour
     * @param leads for which lead times, in hours, what was forecast is asked
     */
    public List<HistoryHour> history(String region, long start, long end, List<Integer> leads) {
        WatchedRegion watched = regions.get(region);
        return watched == null ? List.of() : watched.hours(start, end, leads);
    }

    /** The first hour of the region that is kept, since 1970; null if nothing is known of it. */
    public @Nullable Long keptFrom(String region) {
        WatchedRegion watched = regions.get(region);
        return watched == null ? null : watched.oldestHour();
    }

    /** The newest hour of all regions of which two hours near each other are known, since 1970; {@link Long#MIN_VALUE} while none is. */
    public long newestHour() {
        return newestHour.get();
    }

    /** The newest alerts as records, raised and cleared folded into one, newest first. */
    public List<JsonNode> alerts() {
        return alerts.newestFirst();
    }

    /** How many alerts are not over, by region. */
    public Map<String, Integer> activeAlerts() {
        return alerts.activeByRegion();
    }

    /** Whether all that was there at the start has been taken. */
    public boolean isComplete() {
        return complete;
    }

    /** Records on the readings topic, valid or not, that were seen. */
    public long readings() {
        return readings.get();
    }

    public long accuracyRecords() {
        return accuracyRecords.get();
    }

    public long deadLetters() {
        return deadLetters.get();
    }

    int hoursFor(long regionCount) {
        return limits.hoursOf(regionCount, leads);
    }

    void becomeComplete() {
        regions.values().forEach(watched -> watched.newStatus(newestHour.get())); // whoever reads anew gets these
        complete = true;
        listener.readAnew();
    }

    void takeReading(byte @Nullable [] key, byte @Nullable [] value) {
        readings.incrementAndGet();
        try {
            Reading reading = parser.parse(key, value);
            String region = reading.region().name();
            update(region, watched -> watched.take(reading, limits.maxJumpHours()));
            if (complete) {
                ObjectNode tick = MAPPER.createObjectNode();
                tick.put("region", region)
                        .put("valid_time", reading.validTime().toString())
                        .put("load_mw", reading.loadMw());
                tell(EventKind.TICK, region, tick);
            }
        } catch (RefusedReadingException e) {
            // Its dead letter is counted when it arrives.
            LOG.debug("no reading: {}", e.detail());
        }
    }

    void takeForecast(byte[] value) {
        JsonNode forecast = trusted(value);
        String region = forecast.get("region").asText();
        int horizon = forecast.get("p50_mw").size();
        if (horizon > leads) {
            leads = horizon; // of all regions, as a model that is promoted forecasts all
            makeRoom(regions.size());
        }
        update(region, watched -> watched.takeForecast(value, forecast, limits.maxJumpHours()));
        tell(EventKind.FORECAST, region, value);
    }

    void takeAccuracy(byte[] value) {
        JsonNode score = trusted(value);
        if (score.path("role").asText().equals("challenger")) {
            return; // not of what is published
        }
        accuracyRecords.incrementAndGet();
        String region = score.get("region").asText();
        update(region, watched -> watched.takeScore(score));
        tell(EventKind.ACCURACY, region, value);
    }

    void takeAlert(byte[] value) {
        JsonNode alert = trusted(value);
        alerts.take(alert);
        tell(EventKind.ALERT, AlertLog.regionOf(alert), value);
    }

    /** @param headers of the record, those that say why it was refused */
    void takeDeadLetter(Map<String, String> headers) {
        deadLetters.incrementAndGet();
        if (complete) {
            ObjectNode letter = MAPPER.createObjectNode();
            headers.forEach((name, value) -> letter.put(name.replaceFirst("^loadcast_", ""), value));
            letter.put("seen_time", Instant.now().toString());
            tell(EventKind.DEAD_LETTER, null, letter);
        }
    }

    private void update(String region, Consumer<WatchedRegion> change) {
        WatchedRegion watched = regions.get(region);
        if (watched == null) {
            if (regions.size() >= limits.maxRegions(leads)) {
                if (full.compareAndSet(false, true)) {
                    LOG.warn(
                            "the view holds {} regions and takes no further one; raise loadcast.http.history-memory-mb",
                            limits.maxRegions(leads));
                }
                return;
            }
            makeRoom(regions.size() + 1);
            watched = new WatchedRegion(region, hours);
            regions.put(region, watched);
        }
        change.accept(watched);
        long before = newestHour.getAndAccumulate(watched.confirmedHour(), Math::max);
        if (!complete) {
            return; // whoever looks then reads all anew
        }
        if (newestHour.get() > before) {
            regions.forEach(this::tellNewStatus); // others may be late now
        } else {
            tellNewStatus(region, watched);
        }
    }

    private void tellNewStatus(String region, WatchedRegion watched) {
        watched.newStatus(newestHour.get())
                .ifPresent(status -> tell(
                        EventKind.STATE,
                        region,
                        MAPPER.createObjectNode().put("region", region).put("state", status.key())));
    }

    private void makeRoom(int count) {
        int fewer = limits.hoursOf(count, leads);
        if (fewer < hours) {
            hours = fewer;
            new ArrayList<>(regions.values()).forEach(region -> region.keep(fewer));
        }
    }

    private void tell(EventKind kind, @Nullable String region, JsonNode json) {
        try {
            tell(kind, region, MAPPER.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }

    private void tell(EventKind kind, @Nullable String region, byte[] json) {
        if (complete) {
            listener.happened(kind, region, json);
        }
    }

    private static JsonNode trusted(byte[] value) {
        try {
            return MAPPER.readTree(value);
        } catch (IOException e) {
            throw new IllegalStateException("loadcast wrote a record that is not JSON", e);
        }
    }
}
