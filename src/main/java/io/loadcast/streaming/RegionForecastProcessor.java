package io.loadcast.streaming;

import io.loadcast.alerting.Alerting;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.Challengers;
import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.ReadingOutcome;
import io.loadcast.forecasting.RegionForecasting;
import io.loadcast.forecasting.RegionState;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each record of the readings topic through the use case: a dead letter comes of it, or an hour that is due and will be
 * scored and forecast in a batch.
 *
 * <p>Validation comes before the first change of a store. A commit at any moment is right: what it finds in the stores and what
 * was forwarded belong together, and what is still due is told by the stores. So nothing is flushed when a task closes; its next
 * owner finds it. Runs on the stream thread of its task; the stores' owner is Kafka Streams, which may close a processor and
 * {@linkplain #init start} it again.
 */
final class RegionForecastProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(RegionForecastProcessor.class);

    private final Supplier<ForecastBatch> batches;
    private final ForecastingSettings settings;
    private final Counters counters;
    private final Supplier<ThreadPace> paces;
    private final DeviceAlerts deviceAlerts;
    private final ModelAlerts modelAlerts;

    // Set by init, which Kafka Streams calls before the first record, after it has restored the stores.
    private ProcessorContext<byte[], byte[]> context;
    private StoredRegionStates states;
    private ForecastBatch batch;
    private ForwardedOutputs outputs;
    private Alerting alerting;
    private RegionForecasting forecasting;
    private ThreadPace pace;
    private IdleFlush idleFlush;

    /** What of the task's due hours the counters know of. */
    private int countedDue;

    /** When the oldest reading that is due was taken, by {@link System#nanoTime}; meaningless while none is due. */
    private long dueSinceNanos;

    @SuppressWarnings("NullAway.Init")
    RegionForecastProcessor(
            InstanceContext instance,
            Supplier<ForecastBatch> batches,
            ForecastingSettings settings,
            DeviceAlerts deviceAlerts,
            ModelAlerts modelAlerts) {
        this.counters = instance.counters();
        this.paces = instance.paces();
        this.batches = batches;
        this.settings = settings;
        this.deviceAlerts = deviceAlerts;
        this.modelAlerts = modelAlerts;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.states = new StoredRegionStates(
                settings.layout(),
                context.getStateStore(LoadcastTopology.REGION_STATE_STORE),
                context.getStateStore(LoadcastTopology.SCORE_HISTORY_STORE),
                context.getStateStore(LoadcastTopology.LOAD_PROFILE_STORE));
        this.batch = batches.get();
        this.outputs = new ForwardedOutputs(context, batch::model, counters);
        this.alerting = new Alerting(
                settings.alerts(),
                new StoredAlertStates(context.getStateStore(LoadcastTopology.ALERT_STATE_STORE)),
                outputs,
                context.taskId().partition());
        this.forecasting = new RegionForecasting(settings.intake(), batch, states, alerting, challengers(context));
        this.pace = paces.get();
        this.idleFlush = new IdleFlush(context, settings.linger(), forecasting, pace, this::flush);
        forecasting.rebuild();
        alerting.rebuild(states);
        countDue(forecasting.dueHours());
        dueSinceNanos = System.nanoTime();
        counters.tasks().reached(partition(), forecasting.newestForecastHour());
        counters.device(batch.device());
        idleFlush.armOrCancel();
    }

    /** Their scores pass by the alerts, which are of what is published. */
    private Challengers challengers(ProcessorContext<byte[], byte[]> context) {
        RegionPromotion promotion = settings.promotion().orElse(null);
        return new Challengers(
                batch,
                new StoredChallengerStates(
                        settings.layout(), context.getStateStore(LoadcastTopology.CHALLENGER_STATE_STORE)),
                new ForwardedChallengers(context, outputs::alert, counters, promotion),
                promotion == null ? null : promotion.rule());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long nowMillis = context.currentSystemTimeMs();
        pace.look(nowMillis);
        try {
            take(ReadingJson.parse(record.key(), record.value(), Instant.ofEpochMilli(nowMillis)));
        } catch (InvalidReadingException e) {
            deadLetter(record, e.reason(), e.getMessage());
        }
        alerting.store();
    }

    private void take(Reading reading) throws InvalidReadingException {
        long flushesBefore = forecasting.flushes();
        if (countedDue == 0) {
            dueSinceNanos = System.nanoTime();
        }
        ReadingOutcome outcome = forecasting.take(reading);
        if (outcome == ReadingOutcome.TOO_LATE) {
            throw tooLate(reading, states.of(reading.region()));
        }
        counters.reading(outcome);
        alerting.taken(reading, outcome, clockAfter(reading, outcome), offset());
        countDue(forecasting.dueHours());
        if (forecasting.flushes() != flushesBefore) {
            tellOfFlush();
            lookAtEngines();
        }
        idleFlush.afterReading();
    }

    /** The region's clock, if the reading may have moved it. One that confirms an older or newer one that was held may be late to it. */
    private @Nullable Long clockAfter(Reading reading, ReadingOutcome outcome) {
        return switch (outcome) {
            case NEXT, GAP -> reading.epochHour();
            case LATE -> states.of(reading.region()).newestReadingHour();
            default -> null;
        };
    }

    private long offset() {
        return context.recordMetadata().map(RecordMetadata::offset).orElse(0L);
    }

    private static InvalidReadingException tooLate(Reading reading, RegionState state) {
        return new InvalidReadingException(
                RejectionReason.TOO_LATE,
                "valid_time " + reading.validTime()
                        + " is older than all that the state keeps; its newest reading is of "
                        + EpochHour.start(state.newestReadingHour()));
    }

    private void flush() {
        long flushesBefore = forecasting.flushes();
        forecasting.flush();
        alerting.store();
        countDue(forecasting.dueHours());
        if (forecasting.flushes() != flushesBefore) {
            tellOfFlush();
        }
        lookAtEngines();
    }

    private void tellOfFlush() {
        long now = System.nanoTime();
        counters.tasks().flushed(partition(), now - dueSinceNanos);
        counters.tasks().reached(partition(), forecasting.newestForecastHour());
        dueSinceNanos = now; // of the reading for whose sake it was, if that is due
    }

    private int partition() {
        return context.taskId().partition();
    }

    /**
     * Forwards what became of devices and of models that were assigned as alerts, in the transaction of the forecasts by which it was
     * seen. An alert whose transaction is aborted is not made again; the forecasts are.
     */
    private void lookAtEngines() {
        counters.device(batch.device());
        counters.challengerLost(batch.takeChallengerLost());
        String failure = batch.takeChallengerFailure();
        if (failure != null) {
            LOG.warn(failure);
        }
        Long hour = outputs.newestIssueHour();
        if (hour == null) {
            return; // nothing ran in this task so far, so another has seen it or will
        }
        for (Alert alert = deviceAlerts.next(batch, hour); alert != null; alert = deviceAlerts.next(batch, hour)) {
            outputs.alert(alert);
        }
        for (Alert alert = modelAlerts.next(batch, hour); alert != null; alert = modelAlerts.next(batch, hour)) {
            outputs.alert(alert);
        }
    }

    @Override
    public void close() {
        if (idleFlush != null) { // init may have failed before it
            idleFlush.cancel();
        }
        countDue(0);
        if (forecasting != null) {
            counters.tasks().closed(partition());
        }
    }

    private void countDue(int due) {
        counters.due(due - countedDue);
        countedDue = due;
    }

    private void deadLetter(Record<byte[], byte[]> record, RejectionReason reason, String detail) {
        counters.rejected(reason);
        RecordMetadata source = context.recordMetadata().orElseThrow();
        context.forward(DeadLetter.of(record, reason, detail, source), LoadcastTopology.DEAD_LETTERS_SINK);
        alerting.deadLetter(source.offset(), EpochHour.containing(Instant.ofEpochMilli(record.timestamp())));
    }
}
