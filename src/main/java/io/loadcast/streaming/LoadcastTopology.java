package io.loadcast.streaming;

import io.loadcast.forecasting.ForecastBatch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: readings → {@link RegionForecastProcessor} with its stores → forecasts, accuracy, alerts, dead letters. Every node
 * and store has a name of its own, so that state and changelogs survive a change of the topology.
 */
public final class LoadcastTopology {
    public static final String REGION_STATE_STORE = "region-state";
    public static final String SCORE_HISTORY_STORE = "score-history";
    public static final String LOAD_PROFILE_STORE = "load-profile";
    public static final String ALERT_STATE_STORE = "alert-state";
    public static final String CHALLENGER_STATE_STORE = "challenger-state";
    public static final String STATE_ORIGIN_STORE = "state-origin";

    static final String READINGS_SOURCE = "readings";
    static final String PROCESSOR = "region-forecast";
    static final String FORECASTS_SINK = "forecasts";
    static final String ACCURACY_SINK = "accuracy";
    static final String ALERTS_SINK = "alerts";
    static final String DEAD_LETTERS_SINK = "dead-letters";

    /** Only there where challengers are promoted by themselves. */
    static final String MODELS_SINK = "models";

    // State changes on every tick: small segments can be cleaned early, and that keeps the changelog and so a restore
    // short. What a flush puts is stamped with the wall clock, which nothing depends on: a clock that is hours ahead of
    // the broker's must not stop the topology.
    static final Map<String, String> CHANGELOG_CONFIG = Map.of(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            "16777216",
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
            String.valueOf(Long.MAX_VALUE));

    private LoadcastTopology() {}

    /**
     * Adds the topology to a builder.
     *
     * @param batches gives each stream task a batch of its own
     * @return the stream of all outputs
     */
    public static KStream<byte[], byte[]> addTo(
            StreamsBuilder builder,
            InstanceContext instance,
            Supplier<ForecastBatch> batches,
            ForecastingSettings settings) {
        Topics topics = instance.topics();
        Consumed<byte[], byte[]> bytesIn = Consumed.with(Serdes.ByteArray(), Serdes.ByteArray());
        Produced<byte[], byte[]> bytesOut = Produced.with(Serdes.ByteArray(), Serdes.ByteArray());

        DeviceAlerts deviceAlerts = new DeviceAlerts(); // of all tasks, as the engines are
        ModelAlerts modelAlerts = new ModelAlerts();
        KeptState state = new KeptState(
                STATE_ORIGIN_STORE,
                topics.readings(),
                List.of(
                        REGION_STATE_STORE,
                        SCORE_HISTORY_STORE,
                        LOAD_PROFILE_STORE,
                        ALERT_STATE_STORE,
                        CHALLENGER_STATE_STORE),
                "forecast");
        KStream<byte[], byte[]> outputs = builder.stream(
                        topics.readings(),
                        bytesIn.withName(READINGS_SOURCE).withTimestampExtractor(new NonNegativeTimestamp()))
                .process(
                        new ProcessorWithState(
                                state,
                                instance.origins(),
                                stores(),
                                () -> settings.scope()
                                        .around(new RegionForecastProcessor(
                                                instance, batches, settings, deviceAlerts, modelAlerts))),
                        Named.as(PROCESSOR));
        // The processor forwards to these sinks by their names.
        outputs.to(topics.forecasts(), bytesOut.withName(FORECASTS_SINK));
        outputs.to(topics.accuracy(), bytesOut.withName(ACCURACY_SINK));
        outputs.to(topics.alerts(), bytesOut.withName(ALERTS_SINK));
        outputs.to(topics.deadLetters(), bytesOut.withName(DEAD_LETTERS_SINK));
        if (settings.promotion().isPresent()) {
            outputs.to(topics.models(), bytesOut.withName(MODELS_SINK));
        }
        return outputs;
    }

    private static Set<StoreBuilder<?>> stores() {
        // In this order, so that a description of the topology is always the same.
        return new LinkedHashSet<>(List.of(
                persistent(REGION_STATE_STORE, Serdes.String()),
                persistent(SCORE_HISTORY_STORE, Serdes.Bytes()),
                persistent(LOAD_PROFILE_STORE, Serdes.String()),
                persistent(ALERT_STATE_STORE, Serdes.String()),
                persistent(CHALLENGER_STATE_STORE, Serdes.Bytes())));
    }

    /** A store on disk, with a cache before it and a changelog behind. */
    static StoreBuilder<?> persistent(String name, Serde<?> keys) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(CHANGELOG_CONFIG);
    }

    static StoreBuilder<?> originStore(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(CHANGELOG_CONFIG);
    }
}
