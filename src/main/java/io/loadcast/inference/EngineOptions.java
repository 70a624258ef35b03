package io.loadcast.inference;

/**
 * How an engine runs a model.
 *
 * @param device what it runs on
 * @param threads CPU threads that work on one batch, the caller's included
 */
public record EngineOptions(Device device, int threads) {
    /** One thread of the CPU, or CUDA where there is one. */
    public static final EngineOptions DEFAULT = new EngineOptions(Device.AUTO, 1);

    /** @throws IllegalArgumentException if the threads are not positive */
    public EngineOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("inference threads " + threads + " is not positive");
        }
    }
}
