package io.loadcast.inference;

import io.loadcast.forecasting.DeviceChange;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine that runs on one device as long as it can, and else on another: a batch on which the first device fails is run again,
 * whole, on the second, and so is every batch until the first is back. Only if the second fails too does a run fail.
 *
 * <p>Implementation notes. A device that failed is opened anew, for what was opened before may never work again. That takes
 * seconds and happens on a thread of its own, while batches run on the second device; the waits between tries grow. They go on
 * growing if the device is lost again soon after it came back, so that one which fails under load only does not come and go.
 * Several threads may meet the same failure: the first of them tells of it, and the failed engine is closed when the last has left
 * it. Thread-safe; closing it closes both engines.
 */
public final class FailoverEngine implements ForecastEngine {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverEngine.class);
    private static final long CLOSE_SECONDS = 10;

    private record Loss(String incident, String device, String reason, long nanos) {}

    private final Supplier<? extends ForecastEngine> opening;
    private final ForecastEngine second;
    private final Backoff backoff;
    private final Queue<DeviceChange> changes = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService recovery;

    /** Empty while the device is lost. */
    private final AtomicReference<@Nullable SharedEngine> first;

    // Of the recovery's thread, and read by a run that loses the device, which happens between two recoveries.
    private volatile int failures;
    private volatile long backNanos;

    /**
     * @param first an engine on the first device, to be closed by this one
     * @param opening opens the first device anew, so that it has proved that it works; throws {@link ForecastEngineException} if it
     *     does not. Called on a thread of its own
     * @param second an engine of the same model on the second device, to be closed by this one
     * @param backoff how long to wait before the device is opened anew
     */
    public FailoverEngine(
            ForecastEngine first, Supplier<? extends ForecastEngine> opening, ForecastEngine second, Backoff backoff) {
        this.first = new AtomicReference<>(new SharedEngine(first));
        this.opening = opening;
        this.second = second;
        this.backoff = backoff;
        this.backNanos = System.nanoTime() - backoff.longest().toNanos();
        this.recovery = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "loadcast-device-recovery");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public ModelId model() {
        return second.model();
    }

    @Override
    public ModelManifest manifest() {
        return second.manifest();
    }

    @Override
    public String device() {
        SharedEngine current = first.get();
        return current == null ? second.device() : current.device();
    }

    @Override
    public @Nullable DeviceChange takeDeviceChange() {
        return changes.poll();
    }

    /** @throws ForecastEngineException if both devices fail */
    @Override
    public void run(WindowBatch batch) {
        SharedEngine current = first.get();
        if (current != null) {
            try {
                if (current.run(batch)) {
                    return;
                }
            } catch (ForecastEngineException e) {
                lose(current, batch.size(), e);
            }
        }
        second.run(batch);
    }

    private void lose(SharedEngine failed, int windows, ForecastEngineException failure) {
        if (!first.compareAndSet(failed, null)) {
            return; // another thread was first
        }
        if (System.nanoTime() - backNanos > backoff.longest().toNanos()) {
            failures = 0;
        }
        String reason = firstLine(failure);
        Loss loss = new Loss(UUID.randomUUID().toString(), failed.device(), reason, System.nanoTime());
        changes.add(new DeviceChange(loss.incident(), true, loss.device(), second.device(), reason));
        LOG.warn(
                "device {} is lost: {}. This batch of {} windows is run again on {}, and so are others until the device is back; "
                        + "nothing is lost. It is opened anew in {} ms; if it stays lost, look at its driver's log",
                loss.device(),
                reason,
                windows,
                second.device(),
                backoff.after(failures).toMillis());
        recovery.execute(failed::close);
        recoverLater(loss);
    }

    private void recoverLater(Loss loss) {
        recovery.schedule(() -> recover(loss), backoff.after(failures).toMillis(), TimeUnit.MILLISECONDS);
    }

    private void recover(Loss loss) {
        ForecastEngine opened;
        try {
            opened = opening.get();
        } catch (RuntimeException e) { // whatever it is, the next try must come
            failures = failures + 1;
            LOG.info(
                    "device {} is still lost: {}; next try in {} ms",
                    loss.device(),
                    firstLine(e),
                    backoff.after(failures).toMillis());
            if (!recovery.isShutdown()) {
                recoverLater(loss);
            }
            return;
        }
        if (recovery.isShutdown()) {
            opened.close();
            return;
        }
        failures = failures + 1; // forgotten if it stays
        backNanos = System.nanoTime();
        changes.add(new DeviceChange(loss.incident(), false, loss.device(), opened.device(), loss.reason()));
        first.set(new SharedEngine(opened));
        LOG.info(
                "device {} is back after {} s",
                opened.device(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - loss.nanos()));
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("for an unknown reason");
    }

    @Override
    public void close() {
        recovery.shutdownNow();
        try {
            if (!recovery.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "a device is still being opened or closed; the program does not wait for it, and nothing has to be done");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SharedEngine current = first.getAndSet(null);
        if (current != null) {
            current.close();
        }
        second.close();
    }
}
