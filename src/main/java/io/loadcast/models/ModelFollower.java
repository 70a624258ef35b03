package io.loadcast.models;

import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.inference.ModelFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the models topic on a thread of its own, and puts in force what it assigns. Files that lie outside the topic are fetched on
 * other threads meanwhile. What could not be served is tried again every minute, and a place that gave no file more and more rarely: a
 * file may be back where it was. As long as brokers do not answer, the models in force go on. Whoever started it closes it,
 * before the models.
 */
public final class ModelFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /** A consumer that polls in vain does not tell whether brokers are there; one that asks for the end does. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    private static final Duration RETRY = Duration.ofSeconds(60);
    private static final Duration FAILED_RETRY = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final ModelTopicReader reader;
    private final ServedModels models;
    private final ModelSelection selection;
    private final ModelDownloads downloads = new ModelDownloads();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile Look lastLook = new Look(Instant.now(), Optional.empty());

    // Of the newest catalogue that was put in force; used by the thread.
    private boolean isApplied;
    private long appliedRecords;
    private long appliedNanos;

    private long lookedNanos; // used by the thread

    /**
     * How the follower stands.
     *
     * @param readTime when the topic was last read to its end, and what it assigns put in force; before the first time, when the follower
     *     was started
     * @param failure why that has failed since; empty if it has not
     */
    public record Look(Instant readTime, Optional<String> failure) {}

    private ModelFollower(ModelTopicReader reader, ServedModels models, ModelSelection selection) {
        this.reader = reader;
        this.models = models;
        this.selection = selection;
        this.thread = new Thread(this::run, "model-follower");
        thread.setDaemon(true);
    }

    /**
     * Starts to follow the topic.
     *
     * @param kafka Kafka client properties, {@code bootstrap.servers} at least
     * @param configured in force where nothing is assigned
     * @param mostChallengers of a scope that are opened
     * @param assignments are told what is in force
     * @throws ModelCatalogException if the topic cannot be read
     */
    public static ModelFollower start(
            Map<?, ?> kafka,
            String topic,
            ModelFile configured,
            ModelOpening opening,
            ServedModels models,
            int mostChallengers,
            RegionAssignments assignments) {
        ModelFollower follower = new ModelFollower(
                ModelTopicReader.connect(kafka, topic),
                models,
                new ModelSelection(configured, opening, models, mostChallengers, assignments));
        follower.thread.start();
        return follower;
    }

    /**
     * Waits until what the topic said when it was started is in force, but for challengers whose files are on their way.
     *
     * @throws ModelCatalogException if that takes longer than this
     */
    public void awaitCaughtUp(Duration longest) {
        try {
            caughtUp.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ModelCatalogException(
                    "the models topic was not read, and what it assigns loaded, within " + longest.toSeconds()
                            + " s; see to the brokers, and to the places that model files are fetched from",
                    e);
        } catch (ExecutionException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new ModelCatalogException("the models topic cannot be read: " + reason.getMessage(), reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelCatalogException("interrupted while the models topic was read", e);
        }
    }

    private void run() {
        try (reader;
                downloads) {
            while (!closed) {
                attempt();
            }
        } catch (WakeupException | InterruptException e) {
            LOG.debug("the models are no longer followed");
        } catch (RuntimeException e) {
            caughtUp.completeExceptionally(e); // so that the program does not start
        }
    }

    /** Whatever fails once the program runs is tried again: a follower that is gone would let later changes pass unseen. */
    private void attempt() {
        try {
            step();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            if (!caughtUp.isDone() && !(e instanceof RetriableException)) {
                throw e;
            }
            if (lastLook.failure().isEmpty()) { // once, not every few seconds
                LOG.warn(
                        "the models topic cannot be followed now, and the models in force go on; it is tried again every {} s."
                                + " Look at the brokers, and whether the topic may be read: {}",
                        FAILED_RETRY.toSeconds(),
                        e.toString());
            }
            lastLook = new Look(lastLook.readTime(), Optional.of(e.toString()));
            awaitRetry();
        }
    }

    private void awaitRetry() {
        long begin = System.nanoTime();
        while (!closed && System.nanoTime() - begin < FAILED_RETRY.toNanos()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private void step() {
        models.closeRetired();
        if (isApplied) {
            reader.await(POLL);
        }
        boolean isLookDue = lastLook.failure().isPresent() || System.nanoTime() - lookedNanos > LOOK.toNanos();
        boolean isRetryDue = selection.hasRefused() && System.nanoTime() - appliedNanos > RETRY.toNanos();
        boolean isWorthApplying = !isApplied || isRetryDue || downloads.hasNews();
        if (isWorthApplying || reader.records() != appliedRecords || isLookDue) {
            reader.readToEnd();
            if (isWorthApplying || reader.records() != appliedRecords) {
                apply();
            }
            noteLook();
        }
    }

    private void apply() {
        long records = reader.records();
        downloads.begin();
        selection.apply(reader.catalog(), files);
        isApplied = true;
        appliedRecords = records;
        appliedNanos = System.nanoTime();
        if (!selection.isChampionAwaited()) {
            caughtUp.complete(null);
        }
    }

    private void noteLook() {
        if (lastLook.failure().isPresent()) {
            LOG.info("the models topic is followed again");
        }
        lookedNanos = System.nanoTime();
        lastLook = new Look(Instant.now(), Optional.empty());
    }

    /** How it stands now. From any thread. */
    public Look lastLook() {
        return lastLook;
    }

    private final ModelFiles files = new ModelFiles() {
        @Override
        public Optional<byte[]> read(String sha256, boolean isUrgent) {
            return fileOf(sha256, isUrgent);
        }

        @Override
        public void keepOnly(Set<String> wanted) {
            downloads.keepOnly(wanted);
        }

        @Override
        public String place(String sha256) {
            return reader.catalog()
                    .fileOffset(sha256)
                    .map(offset -> "offset " + offset)
                    .orElse("");
        }
    };

    private Optional<byte[]> fileOf(String sha256, boolean isUrgent) {
        ModelDescriptor model = reader.catalog()
                .model(sha256)
                .orElseThrow(() -> new ForecastEngineException("no model of this checksum is published"));
        if (model.uri() != null) {
            return downloads.of(model, isUrgent);
        }
        return Optional.of(reader.file(sha256)
                .orElseThrow(() -> new ForecastEngineException("its file is not in the models topic")));
    }

    @Override
    public void close() {
        closed = true;
        reader.wakeUp();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
