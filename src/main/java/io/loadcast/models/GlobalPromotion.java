package io.loadcast.models;

import io.loadcast.forecasting.Promotion;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.forecasting.ServedModels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Promotes challengers in all regions at once, by what the accuracy topic says of them, on a thread of its own. Of several instances the one that
 * leads looks; should two believe that they do, the second finds another assignment than it decided by, and changes nothing. Remembers
 * nothing that it could not read again. Whoever started it closes it.
 */
public final class GlobalPromotion implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalPromotion.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Where and by what it promotes.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param accuracy the accuracy topic
     * @param topic the models topic
     * @param configured checksum of the model that forecasts where none is assigned
     */
    public record Scene(Map<?, ?> kafka, String accuracy, String topic, PromotionRule rule, String configured) {}

    /** Somebody has decided otherwise while challengers were judged. */
    private static final class AssignedAnewException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Scene scene;
    private final ServedModels models;
    private final RegionAssignments assignments;
    private final BooleanSupplier leads;
    private final PromotionReport report;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "global-promotion");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closed;

    // Used by the thread.
    private @Nullable AccuracyTopic scores;
    private @Nullable PromotionWindow looked;
    private @Nullable String failure;

    private GlobalPromotion(
            Scene scene,
            ServedModels models,
            RegionAssignments assignments,
            BooleanSupplier leads,
            PromotionReport report) {
        this.scene = scene;
        this.models = models;
        this.assignments = assignments;
        this.leads = leads;
        this.report = report;
    }

    /**
     * Begins to look.
     *
     * @param assignments as the follower of the models topic keeps them
     * @param leads whether this instance is the one that looks; asked on the thread
     */
    public static GlobalPromotion start(
            Scene scene,
            ServedModels models,
            RegionAssignments assignments,
            BooleanSupplier leads,
            PromotionReport report) {
        GlobalPromotion promotion = new GlobalPromotion(scene, models, assignments, leads, report);
        promotion.executor.scheduleWithFixedDelay(promotion::lookOrRetry, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return promotion;
    }

    /** Whatever fails is tried again; a failure that stays is said once. */
    private void lookOrRetry() {
        try {
            look();
            failure = null;
        } catch (AssignedAnewException e) {
            LOG.info("all regions were assigned anew while challengers were judged: what was assigned holds");
        } catch (RuntimeException e) {
            disconnect();
            if (!closed && !String.valueOf(e.getMessage()).equals(failure)) {
                failure = String.valueOf(e.getMessage());
                LOG.warn(
                        "challengers are not judged now; it is tried again every {} s, forecasts go on. Look at the brokers: {}",
                        PERIOD.toSeconds(),
                        failure);
            }
        } finally {
            if (closed) {
                disconnect();
            }
        }
    }

    private void look() {
        if (!leads.getAsBoolean()) {
            disconnect();
            looked = null;
            return;
        }
        Optional<PromotionDecision> decision = decision();
        if (decision.isPresent()) {
            look(decision.get());
        }
    }

    private Optional<PromotionDecision> decision() {
        return PromotionDecision.of(assignments.of(ModelScope.ALL), models.inForce(), scene.configured());
    }

    private void look(PromotionDecision decision) {
        PromotionRule rule = scene.rule();
        AccuracyTopic topic = connected();
        if (looked != null && !topic.hasReached(looked.nextCompleteAt(rule.hours()))) {
            return;
        }
        PromotionWindow window = PromotionWindow.newestComplete(
                        topic.newestHours().values(), rule.hours())
                .orElse(null);
        if (window == null || looked != null && window.newestHour() <= looked.newestHour()) {
            return;
        }
        List<ChallengerComparison.Row> rows =
                topic.compare(rule, decision.champion().sha256(), window.newestHour());
        Optional<Promotion> promotion = decision.by(rows, window.newestHour());
        // What was assigned meanwhile is looked at anew, and so is all by whoever leads now.
        if (!decision.equals(decision().orElse(null)) || !leads.getAsBoolean()) {
            return;
        }
        promotion.ifPresent(better -> carryOut(decision, better));
        looked = window;
    }

    private void carryOut(PromotionDecision decision, Promotion promotion) {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        RegionAssignments.Change change = assignments.promoted(promotion, now);
        ModelTopicWriter.change(
                scene.kafka(),
                scene.topic(),
                catalog -> {
                    if (!catalog.assignment(ModelScope.ALL).equals(Optional.of(decision.assigned()))) {
                        throw new AssignedAnewException();
                    }
                    return List.of(change.record());
                },
                report.records(promotion, change.isRollback()));
        report.committed(promotion, change.isRollback());
        LOG.info(
                "all regions: {} is {}, in place of {}",
                ModelDescriptor.name(promotion.challenger()),
                change.isRollback() ? "put back" : "promoted",
                ModelDescriptor.name(promotion.champion()));
    }

    private AccuracyTopic connected() {
        AccuracyTopic known = scores;
        if (known == null) {
            known = AccuracyTopic.connect(scene.kafka(), scene.accuracy());
            scores = known;
        }
        return known;
    }

    private void disconnect() {
        AccuracyTopic known = scores;
        scores = null;
        if (known != null) {
            try {
                known.close();
            } catch (KafkaException e) {
                LOG.debug("a consumer was not closed in order", e);
            }
        }
    }

    /** Interrupts a look; one that has been decided is written or not, as a whole. */
    @Override
    public void close() {
        closed = true;
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a look at challengers did not end in time; nothing has to be done about it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
