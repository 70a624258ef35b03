package io.loadcast.streaming;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.ReadingOutcome;
import io.loadcast.forecasting.RegionForecasting;
import io.loadcast.forecasting.RegionState;
import io.loadcast.forecasting.StateLayout;
import io.loadcast.forecasting.Withheld;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each record of the readings topic through the use case and forwards what comes of it to the sinks, as bytes: a dead
 * letter, or scores and forecasts.
 *
 * <p>Validation comes before the first change of a store, and everything a record leads to is forwarded and stored within the
 * transaction of its offset. Runs on the stream thread of its task; the stores' owner is Kafka Streams.
 */
final class RegionForecastProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(RegionForecastProcessor.class);

    private final Supplier<RegionForecasting> forecastingSupplier;
    private final StateLayout layout;
    private final Counters counters;
    private final Set<Region> unknown = new HashSet<>();

    // Set by init, which Kafka Streams calls before the first record.
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<String, byte[]> states;
    private KeyValueStore<Bytes, byte[]> scoreHistories;
    private RegionForecasting forecasting;

    @SuppressWarnings("NullAway.Init")
    RegionForecastProcessor(Supplier<RegionForecasting> forecasting, StateLayout layout, Counters counters) {
        this.forecastingSupplier = forecasting;
        this.layout = layout;
        this.counters = counters;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.states = context.getStateStore(LoadcastTopology.REGION_STATE_STORE);
        this.scoreHistories = context.getStateStore(LoadcastTopology.SCORE_HISTORY_STORE);
        this.forecasting = forecastingSupplier.get();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
            take(ReadingJson.parse(record.key(), record.value(), now), record.key());
        } catch (InvalidReadingException e) {
            deadLetter(record, e.reason(), e.getMessage());
        }
    }

    private void take(Reading reading, byte[] key) throws InvalidReadingException {
        Region region = reading.region();
        byte @Nullable [] packed = states.get(region.name());
        RegionState before = packed == null ? RegionState.empty(layout) : RegionState.ofPacked(layout, packed);
        requireNotTooLate(reading, before);

        RegionForecasting.Tick tick = forecasting.on(before, reading, new StoredScoreHistory(scoreHistories, region));

        counters.reading(tick.outcome());
        for (PointScore score : tick.scores()) {
            forwardScore(region, key, score);
        }
        for (Forecast forecast : tick.forecasts()) {
            forwardForecast(key, forecast);
            counters.forecast();
        }
        if (tick.withheld() != null) {
            counters.withheld(tick.withheld());
            warnOfUnknown(region, tick.withheld());
        }
        if (tick.state() != before) {
            states.put(region.name(), tick.state().packed());
        }
    }

    /** Says once for each region what to do; the counter goes on counting. */
    private void warnOfUnknown(Region region, Withheld reason) {
        if (reason == Withheld.UNKNOWN_REGION && unknown.add(region)) {
            LOG.warn(
                    "Model {} was not trained on region {} and cannot forecast it. Its readings are kept. Serve a model"
                            + " that was trained on it too, or one that scales by the window and so takes any region,"
                            + " such as the shipped one.",
                    forecasting.modelName(),
                    region);
        }
    }

    private static void requireNotTooLate(Reading reading, RegionState state) throws InvalidReadingException {
        if (state.outcomeOf(reading) == ReadingOutcome.TOO_LATE) {
            throw new InvalidReadingException(
                    RejectionReason.TOO_LATE,
                    "valid_time " + reading.validTime()
                            + " is older than all that the state keeps; its newest reading is of "
                            + EpochHour.start(state.newestReadingHour()));
        }
    }

    private void forwardForecast(byte[] key, Forecast forecast) {
        String issueTime = OutputJson.time(forecast.issueHour());
        String id = forecast.region() + "/" + issueTime + "/" + forecast.model().name() + "@"
                + forecast.model().version() + "/" + forecast.revision();
        Headers headers = CloudEvent.headers("io.loadcast.forecast.v1", id, issueTime);
        forward(LoadcastTopology.FORECASTS_SINK, key, OutputJson.forecast(forecast), forecast.issueHour(), headers);
    }

    private void forwardScore(Region region, byte[] key, PointScore score) {
        String validTime = OutputJson.time(score.validHour());
        String id = region + "/" + validTime + "/" + score.leadHours() + "h/" + forecasting.modelName();
        Headers headers = CloudEvent.headers("io.loadcast.accuracy.v1", id, validTime);
        byte[] value = OutputJson.accuracy(region, forecasting.modelName(), score);
        forward(LoadcastTopology.ACCURACY_SINK, key, value, score.validHour(), headers);
    }

    private void forward(String sink, byte[] key, byte[] value, long hour, Headers headers) {
        context.forward(new Record<>(key, value, EpochHour.start(hour).toEpochMilli(), headers), sink);
    }

    private void deadLetter(Record<byte[], byte[]> record, RejectionReason reason, String detail) {
        counters.rejected(reason);
        RecordMetadata source = context.recordMetadata().orElseThrow();
        context.forward(DeadLetter.of(record, reason, detail, source), LoadcastTopology.DEAD_LETTERS_SINK);
    }
}
