package io.loadcast.training.evaluation;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison says of a model beside its scores.
 *
 * @param scores how it did
 * @param architecture what its manifest says it is
 * @param parameters how many float32 constants its graph holds
 * @param sizeBytes of its file
 * @param trainingSeconds how long it was trained; null if unknown
 * @param windowsPerSecond its {@link Throughput} by batch size
 */
public record ComparedModel(
        Scores scores,
        String architecture,
        long parameters,
        int sizeBytes,
        @Nullable Double trainingSeconds,
        SortedMap<Integer, Double> windowsPerSecond) {
    public ComparedModel {
        windowsPerSecond = new TreeMap<>(windowsPerSecond);
    }
}
