package io.loadcast.models;

import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.inference.ModelFile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The model files that are fetched from outside the topic, a few at a time, on threads of its own: nobody waits for a place that does not
 * answer. One that failed is tried again, at first after a minute, then after twice as long each time, and at once if the model is
 * published anew. For one thread; whoever made it closes it.
 */
final class ModelDownloads implements AutoCloseable {
    /** At a time. Those that nobody's forecasts wait for leave half to the others, so that a champion always finds a place soon. */
    static final int MOST = 4;

    private static final int MOST_CHALLENGERS = MOST / 2;
    private static final Duration FIRST_DELAY = Duration.ofMinutes(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(30);

    private static final class Download {
        private final ModelDescriptor model;
        private @Nullable Future<byte[]> running;
        private @Nullable ForecastEngineException failure;
        private Duration delay = FIRST_DELAY;
        private long failedNanos;

        Download(ModelDescriptor model) {
            this.model = model;
        }
    }

    private final Function<ModelDescriptor, byte[]> fetch;
    private final LongSupplier nanoTime;
    private final ExecutorService executor = Executors.newFixedThreadPool(MOST, work -> {
        Thread thread = new Thread(work, "model-downloads");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Download> downloads = new HashMap<>();

    /** How many may run at most for those that found no place to find one; 0 if all did. */
    private int awaited;

    /** By {@link ModelDownload}. */
    ModelDownloads() {
        this(model -> ModelDownload.of(Objects.requireNonNull(model.uri()), model.bytes()), System::nanoTime);
    }

    /** @param fetch on threads of this one's; says by a {@link ForecastEngineException} why it cannot */
    ModelDownloads(Function<ModelDescriptor, byte[]> fetch, LongSupplier nanoTime) {
        this.fetch = fetch;
        this.nanoTime = nanoTime;
    }

    /**
     * A model's file, once it is there; begins to fetch it if nobody has. What was had is not kept.
     *
     * @param isUrgent whether a champion waits for it
     * @return empty as long as it is not there
     * @throws ForecastEngineException if it could not be had the last time, until it could
     */
    Optional<byte[]> of(ModelDescriptor model, boolean isUrgent) {
        String sha256 = model.id().sha256();
        Download download = downloads.get(sha256);
        if (download == null || !download.model.equals(model)) {
            forget(download);
            download = new Download(model);
            downloads.put(sha256, download);
        }
        Optional<byte[]> file = taken(download);
        if (file.isPresent()) {
            downloads.remove(sha256);
            return file;
        }
        if (download.running == null && isDue(download)) {
            begin(download, isUrgent);
        }
        if (download.failure != null) {
            throw download.failure;
        }
        return Optional.empty();
    }

    private Optional<byte[]> taken(Download download) {
        Future<byte[]> running = download.running;
        if (running == null || !running.isDone()) {
            return Optional.empty();
        }
        download.running = null;
        try {
            return Optional.of(running.get());
        } catch (InterruptedException e) {
            throw new IllegalStateException("what is done is not waited for", e);
        } catch (ExecutionException e) {
            if (download.failure != null && download.delay.compareTo(LONGEST_DELAY) < 0) {
                Duration twice = download.delay.multipliedBy(2);
                download.delay = twice.compareTo(LONGEST_DELAY) < 0 ? twice : LONGEST_DELAY;
            }
            download.failedNanos = nanoTime.getAsLong();
            download.failure = e.getCause() instanceof ForecastEngineException told
                    ? told
                    : new ForecastEngineException("model at " + download.model.uri() + ": " + e.getCause(), e);
            return Optional.empty();
        }
    }

    private boolean isDue(Download download) {
        return download.failure == null || nanoTime.getAsLong() - download.failedNanos >= download.delay.toNanos();
    }

    private void begin(Download download, boolean isUrgent) {
        int most = isUrgent ? MOST : MOST_CHALLENGERS;
        if (running() < most) {
            download.running = executor.submit(() -> checked(download.model));
        } else {
            awaited = Math.max(awaited, most);
        }
    }

    private byte[] checked(ModelDescriptor model) {
        byte[] file = fetch.apply(model);
        String found = ModelFile.sha256(file);
        if (!found.equals(model.id().sha256())) {
            throw new ForecastEngineException("model at " + model.uri() + ": its file has the checksum " + found
                    + ", not " + model.id().sha256());
        }
        return file;
    }

    private long running() {
        return downloads.values().stream()
                .map(download -> download.running)
                .filter(running -> running != null && !running.isDone())
                .count();
    }

    /** Whether it is worth asking again: one has come or failed, or there is a place for one that found none. */
    boolean hasNews() {
        return running() < awaited
                || downloads.values().stream()
                        .anyMatch(download -> download.running != null && download.running.isDone());
    }

    /** A new round of asking begins. */
    void begin() {
        awaited = 0;
    }

    /** Gives up those that nobody wants any more. */
    void keepOnly(Set<String> wanted) {
        downloads.entrySet().removeIf(entry -> {
            boolean isGone = !wanted.contains(entry.getKey());
            if (isGone) {
                forget(entry.getValue());
            }
            return isGone;
        });
    }

    private static void forget(@Nullable Download download) {
        if (download != null && download.running != null) {
            download.running.cancel(true);
        }
    }

    /** Gives all up. */
    @Override
    public void close() {
        keepOnly(Set.of());
        executor.shutdownNow();
    }
}
