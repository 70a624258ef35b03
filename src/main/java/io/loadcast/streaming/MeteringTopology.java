package io.loadcast.streaming;

import io.loadcast.metering.MeteringRules;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The part of the topology that sums meters: meter readings → {@link MeterAggregationProcessor} with its stores → readings,
 * dead letters. It meets {@link LoadcastTopology} on the readings topic and nowhere else, so its tasks are its own.
 */
public final class MeteringTopology {
    public static final String REGIONS_STORE = "metered-regions";
    public static final String METERS_STORE = "meters";
    public static final String METER_HOURS_STORE = "meter-hours";

    public static final String ORIGIN_STORE = "metering-origin";

    static final String SOURCE = "meter-readings";
    static final String PROCESSOR = "meter-aggregation";
    static final String READINGS_SINK = "metered-readings";
    static final String DEAD_LETTERS_SINK = "meter-dead-letters";

    /** The first has the clock of each region that any meter was read of. */
    private static final List<String> STATE_STORES = List.of(REGIONS_STORE, METERS_STORE, METER_HOURS_STORE);

    private MeteringTopology() {}

    /** Adds it to a builder, after {@link LoadcastTopology}, whose tasks so keep their numbers whether this is there or not. */
    public static void addTo(StreamsBuilder builder, InstanceContext instance, MeteringRules rules) {
        Topics topics = instance.topics();
        KeptState state = new KeptState(ORIGIN_STORE, topics.meterReadings(), STATE_STORES, "summed meters");
        Produced<byte[], byte[]> bytesOut = Produced.with(Serdes.ByteArray(), Serdes.ByteArray());
        KStream<byte[], byte[]> outputs = builder.stream(
                        topics.meterReadings(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withName(SOURCE)
                                .withTimestampExtractor(new NonNegativeTimestamp()))
                .process(
                        new ProcessorWithState(
                                state,
                                instance.origins(),
                                stores(),
                                () -> new MeterAggregationProcessor(rules, instance.counters(), instance.paces())),
                        Named.as(PROCESSOR));
        // The processor forwards to these sinks by their names.
        outputs.to(topics.readings(), bytesOut.withName(READINGS_SINK));
        outputs.to(topics.deadLetters(), bytesOut.withName(DEAD_LETTERS_SINK));
    }

    private static Set<StoreBuilder<?>> stores() {
        return STATE_STORES.stream()
                .map(name -> LoadcastTopology.persistent(name, Serdes.Bytes()))
                .collect(Collectors.toSet());
    }
}
