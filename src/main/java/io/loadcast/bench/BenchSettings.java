package io.loadcast.bench;

import java.util.Map;

/**
 * One configuration of serving to be measured.
 *
 * @param partitions of the readings topic, and so stream tasks
 * @param threads stream threads
 * @param batchSize forecasts in one run of the model, at most
 * @param leadInTicks forecasts before the clock starts, at least
 * @param serving further settings of serving, such as {@code loadcast.model}
 */
public record BenchSettings(int partitions, int threads, int batchSize, int leadInTicks, Map<String, Object> serving) {
    public BenchSettings {
        serving = Map.copyOf(serving);
    }
}
