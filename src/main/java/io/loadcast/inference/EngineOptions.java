package io.loadcast.inference;

import java.time.Duration;
import java.util.Optional;

/**
 * How an engine runs a model.
 *
 * @param device what it runs on
 * @param threads CPU threads that work on one batch, the caller's included
 * @param timeout how long one run may take before it is stopped; empty for as long as it takes
 */
public record EngineOptions(Device device, int threads, Optional<Duration> timeout) {
    /** One thread of the CPU, or CUDA where there is one; a run takes as long as it takes. */
    public static final EngineOptions DEFAULT = new EngineOptions(Device.AUTO, 1);

    /** @throws IllegalArgumentException if the threads or the timeout are not positive */
    public EngineOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("inference threads " + threads + " is not positive");
        }
        if (timeout.isPresent() && timeout.get().compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("inference timeout " + timeout.get() + " is not positive");
        }
    }

    /** A run takes as long as it takes. */
    public EngineOptions(Device device, int threads) {
        this(device, threads, Optional.empty());
    }

    EngineOptions on(Device other) {
        return new EngineOptions(other, threads, timeout);
    }
}
