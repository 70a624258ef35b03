package io.loadcast.training;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the weights move.
 *
 * @param epochs passes over the training hours, at most
 * @param patience epochs without a better validation loss after which it stops
 * @param batchSize windows a step
 * @param learningRate the highest one
 * @param schedule what becomes of it
 * @param weightDecay share of a weight, times the learning rate, that each step takes away (Loshchilov and Hutter 2019); 0 or more
 * @param clipNorm the greatest norm of a gradient, longer ones are shortened to it (Pascanu et al. 2013); 0 for any
 * @param averageDecay how much of the weights' exponential moving average a step keeps, from 0, which means no averages, to below 1
 */
public record DescentSettings(
        int epochs,
        int patience,
        int batchSize,
        double learningRate,
        Schedule schedule,
        double weightDecay,
        double clipNorm,
        double averageDecay) {

    /** @throws IllegalArgumentException if a number is not in its range */
    public DescentSettings {
        require(epochs >= 1, "epochs", epochs, "1 or more");
        require(patience >= 1, "patience", patience, "1 or more");
        require(batchSize >= 1, "batch", batchSize, "1 or more");
        require(learningRate > 0, "learning rate", learningRate, "a number above 0");
        require(weightDecay >= 0, "weight decay", weightDecay, "0 or more");
        require(clipNorm >= 0, "clip", clipNorm, "0 or more");
        require(averageDecay >= 0 && averageDecay < 1, "average", averageDecay, "a number from 0 to below 1");
    }

    /** Each setting by name. */
    Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("epochs", Integer.toString(epochs));
        named.put("patience", Integer.toString(patience));
        named.put("batch", Integer.toString(batchSize));
        named.put("learning_rate", Double.toString(learningRate));
        named.put("schedule", schedule.key());
        named.put("weight_decay", Double.toString(weightDecay));
        named.put("clip_norm", Double.toString(clipNorm));
        named.put("average_decay", Double.toString(averageDecay));
        return named;
    }

    static void require(boolean fits, String name, Number value, String wanted) {
        if (!fits) {
            throw new IllegalArgumentException(name + " " + value + " is not possible; give " + wanted);
        }
    }
}
