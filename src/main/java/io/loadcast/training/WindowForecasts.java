package io.loadcast.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.loadcast.dataset.HourWindow;
import io.loadcast.training.WindowTensors.Batch;
import io.loadcast.zoo.Network;
import java.util.List;
import java.util.function.BiConsumer;

/** What a network forecasts of windows, beside what came. Not thread-safe; lives as long as the network. */
final class WindowForecasts {
    /** Windows a batch that nothing is learnt from. */
    static final int UNLEARNT_BATCH = 512;

    private final Network network;
    private final WindowTensors tensors;
    private final NDManager manager;
    private final ParameterStore store;

    WindowForecasts(Network network, WindowTensors tensors, NDManager manager) {
        this.network = network;
        this.tensors = tensors;
        this.manager = manager;
        this.store = new ParameterStore(manager, false);
    }

    /**
     * Of one batch, in loss space.
     *
     * @param targets [B, anchors, horizon]
     * @param forecasts [B, anchors, horizon, quantiles]
     */
    record Outcome(NDArray targets, NDArray forecasts) {}

    Network network() {
        return network;
    }

    /** A manager for one batch; whoever asks closes it. */
    NDManager newScratch() {
        return manager.newSubManager();
    }

    /** Of a batch to learn from; its tensors live as long as the scratch manager. */
    Outcome learning(List<HourWindow> batch, NDManager scratch) {
        return of(batch, scratch, true);
    }

    /** Of any number of windows, batch by batch; the tensors of a batch live until the consumer returns. */
    void forEachBatch(List<HourWindow> windows, BiConsumer<List<HourWindow>, Outcome> consumer) {
        for (int from = 0; from < windows.size(); from += UNLEARNT_BATCH) {
            List<HourWindow> part = windows.subList(from, Math.min(windows.size(), from + UNLEARNT_BATCH));
            try (NDManager scratch = newScratch()) {
                consumer.accept(part, of(part, scratch, false));
            }
        }
    }

    private Outcome of(List<HourWindow> windows, NDManager scratch, boolean training) {
        Batch batch = tensors.batch(windows, scratch);
        NDArray forecasts = network.forecasts(store, batch.seen(), training);
        return new Outcome(network.targets(batch.loadMw(), batch.seen()), forecasts);
    }
}
