package io.loadcast.training;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a training run is told.
 *
 * @param epochs passes over the training hours, at most
 * @param patience epochs without a better validation loss after which it stops
 * @param batchSize windows a step
 * @param learningRate the highest one; it decays along a cosine to a hundredth
 * @param seed of weights, order and phase of the windows
 * @param ridge penalty of the linear fit that it starts from
 * @param checkpoints directory of the checkpoint, or null for none
 * @param resume whether to go on from the checkpoint if there is one
 */
public record TrainingSettings(
        int epochs,
        int patience,
        int batchSize,
        double learningRate,
        long seed,
        double ridge,
        @Nullable Path checkpoints,
        boolean resume) {
    /** @throws IllegalArgumentException if a number is not positive, or it is to resume without checkpoints */
    public TrainingSettings {
        if (epochs < 1 || patience < 1 || batchSize < 1 || !(learningRate > 0) || !(ridge > 0)) {
            throw new IllegalArgumentException(
                    "epochs, patience, batch, learning rate and ridge penalty must be positive");
        }
        if (resume && checkpoints == null) {
            throw new IllegalArgumentException("to resume, say where the checkpoint is (--checkpoint DIR)");
        }
    }

    /** Every setting that changes what comes out, for people. */
    String told() {
        return "seed " + seed + ", batch " + batchSize + ", learning rate " + learningRate + ", epochs " + epochs
                + ", patience " + patience + ", ridge " + ridge;
    }
}
