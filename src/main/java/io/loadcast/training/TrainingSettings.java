package io.loadcast.training;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a training run is told, beside data and architecture.
 *
 * @param descent how the weights move
 * @param loss what they make small
 * @param ridge penalty of the linear fit that it starts from, above 0
 * @param validationShare of each region's hours before its test, the latest ones, which choose the epoch and calibrate; above 0
 *     and below 1
 * @param seed of weights, dropout, order and phase of the windows
 * @param checkpoints where its state is kept, or null for nowhere
 */
public record TrainingSettings(
        DescentSettings descent,
        LossSettings loss,
        double ridge,
        double validationShare,
        long seed,
        @Nullable CheckpointSettings checkpoints) {

    /** @throws IllegalArgumentException if the ridge penalty is not positive, or the validation share is none */
    public TrainingSettings {
        DescentSettings.require(ridge > 0, "ridge penalty", ridge, "a number above 0");
        DescentSettings.require(
                validationShare > 0 && validationShare < 1,
                "validation share",
                validationShare,
                "a number above 0 and below 1");
    }

    /** Each setting that changes what comes out, by name. */
    public Map<String, String> named() {
        Map<String, String> named = new TreeMap<>(descent.named());
        named.putAll(loss.named());
        named.put("ridge", Double.toString(ridge));
        named.put("validation_share", Double.toString(validationShare));
        named.put("seed", Long.toString(seed));
        return named;
    }

    /** Each setting that changes what comes out, for people. */
    String told() {
        return named().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
