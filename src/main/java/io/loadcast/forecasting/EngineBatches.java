package io.loadcast.forecasting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The windows that wait, for each engine that has had any; memory goes over to an engine that takes and gives the same. Not thread-safe. */
final class EngineBatches {
    private final int capacity;
    private List<EngineBatch> byEngine = new ArrayList<>();

    /** @param capacity windows in one run of a model, at most */
    EngineBatches(int capacity) {
        this.capacity = capacity;
    }

    /** Forgets what was taken and not run. */
    void clear() {
        byEngine.forEach(EngineBatch::clear);
    }

    /** Runs each engine on what was taken and not run yet. */
    void run() {
        byEngine.forEach(EngineBatch::run);
    }

    EngineBatch of(ForecastEngine engine) {
        for (EngineBatch batch : byEngine) {
            if (batch.engine() == engine) {
                return batch;
            }
        }
        EngineBatch made = new EngineBatch(engine, capacity);
        byEngine.add(made);
        return made;
    }

    /** Keeps the memory that fits one of these engines, and lets go of the rest. */
    void serve(Collection<ForecastEngine> engines) {
        List<EngineBatch> free = new ArrayList<>(byEngine);
        byEngine = new ArrayList<>();
        for (ForecastEngine engine : engines) {
            if (!free.isEmpty()) {
                takeOver(engine, free);
            }
        }
    }

    private void takeOver(ForecastEngine engine, List<EngineBatch> free) {
        EngineBatch fitting = null;
        for (EngineBatch batch : free) {
            if (batch.engine() == engine) {
                fitting = batch;
                break;
            }
            if (fitting == null
                    && engine.manifest().takesAndGivesTheSame(batch.engine().manifest())) {
                fitting = batch;
            }
        }
        if (fitting != null) {
            fitting.serve(engine);
            free.remove(fitting);
            byEngine.add(fitting);
        }
    }
}
