package io.loadcast.streaming;

import io.loadcast.domain.MeterReading;
import io.loadcast.metering.MeterReadingOutcome;
import io.loadcast.metering.Metering;
import io.loadcast.metering.MeteringRules;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Takes each record of the meter-readings topic through the use case: a dead letter comes of it, or it is summed, and now and then a
 * reading comes of that. Validation comes before the first change of a store. Runs on the stream thread of its task; the stores'
 * owner is Kafka Streams, which may close a processor and {@linkplain #init start} it again.
 */
final class MeterAggregationProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final MeteringRules rules;
    private final Counters counters;
    private final Supplier<ThreadPace> paces;

    // Set by init, which Kafka Streams calls before the first record, after it has restored the stores.
    private ProcessorContext<byte[], byte[]> context;
    private Metering metering;
    private ThreadPace pace;

    @SuppressWarnings("NullAway.Init")
    MeterAggregationProcessor(MeteringRules rules, Counters counters, Supplier<ThreadPace> paces) {
        this.rules = rules;
        this.counters = counters;
        this.paces = paces;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        pace = paces.get();
        metering = new Metering(
                rules,
                new StoredMeteringStates(
                        context.getStateStore(MeteringTopology.REGIONS_STORE),
                        context.getStateStore(MeteringTopology.METERS_STORE),
                        context.getStateStore(MeteringTopology.METER_HOURS_STORE)),
                new ForwardedMeteredLoads(context, counters));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long nowMillis = context.currentSystemTimeMs();
        pace.look(nowMillis);
        try {
            take(MeterReadingJson.parse(record.key(), record.value(), Instant.ofEpochMilli(nowMillis)));
        } catch (InvalidReadingException e) {
            counters.meterReadingRejected(e.reason());
            RecordMetadata source = context.recordMetadata().orElseThrow();
            context.forward(
                    DeadLetter.of(record, e.reason(), e.getMessage(), source), MeteringTopology.DEAD_LETTERS_SINK);
        }
    }

    private void take(MeterReading reading) throws InvalidReadingException {
        MeterReadingOutcome outcome = metering.take(reading);
        switch (outcome) {
            case TOO_LATE ->
                throw new InvalidReadingException(
                        RejectionReason.TOO_LATE,
                        "the metering interval at " + reading.interval().start() + " is older than the "
                                + rules.keepHours() + " closed hours that are kept of region " + reading.region()
                                + "; send it earlier, or set loadcast.meters.keep-hours higher");
            case OVERLAPPING ->
                throw new InvalidReadingException(
                        RejectionReason.OVERLAPPING,
                        "the " + reading.interval().minutes() + " minutes from "
                                + reading.interval().start() + " overlap another metering interval of meter "
                                + InvalidReadingException.quote(reading.meter().name())
                                + "; send each minute once, and a correction for exactly the interval it corrects");
            default -> counters.meterReading(outcome);
        }
        pace.readings++;
    }
}
