package io.loadcast.bench;

import io.loadcast.inference.ModelFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One configuration of serving to be measured.
 *
 * @param partitions of the readings topic, and so stream tasks
 * @param threads stream threads
 * @param batchSize forecasts in one run of the model, at most; empty for the default of serving
 * @param leadInTicks forecasts before the clock starts, at least
 * @param serving further settings of serving, such as {@code loadcast.model}
 */
public record BenchSettings(
        int partitions, int threads, OptionalInt batchSize, int leadInTicks, Map<String, Object> serving) {
    public BenchSettings {
        serving = Map.copyOf(serving);
    }

    /**
     * The model that these settings of serving name.
     *
     * @throws io.loadcast.forecasting.ForecastEngineException if it is none
     */
    static ModelFile modelOf(Map<String, Object> serving) {
        Object file = serving.get("loadcast.model");
        return file == null ? ModelFile.shipped() : ModelFile.read(Path.of(file.toString()));
    }
}
