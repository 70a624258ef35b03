package io.loadcast.forecasting;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@link LastValueEngine} under a version and a checksum of its own, which multiplies the last value by a factor. */
public final class VersionedEngine implements ForecastEngine {
    private final LastValueEngine model = new LastValueEngine();
    private final ModelId id;
    private final List<Integer> batches = new ArrayList<>();
    private @Nullable Runnable duringRun;

    /** @param version one hexadecimal digit */
    public VersionedEngine(String version, float factor) {
        id = new ModelId("last-value", version, version.repeat(64));
        model.multiplyBy(factor);
    }

    /** From now on it errs in this way. */
    public void multiplyBy(float factor) {
        model.multiplyBy(factor);
    }

    /** Done whenever it runs, before it does; it may throw. */
    public void duringRun(@Nullable Runnable action) {
        duringRun = action;
    }

    /** How many windows each run had; may be changed. */
    public List<Integer> batches() {
        return batches;
    }

    public int runs() {
        return model.runs();
    }

    @Override
    public ModelId model() {
        return id;
    }

    @Override
    public ModelManifest manifest() {
        return model.manifest();
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public void run(WindowBatch batch) {
        batches.add(batch.size());
        if (duringRun != null) {
            duringRun.run();
        }
        model.run(batch);
    }

    @Override
    public void close() {}
}
