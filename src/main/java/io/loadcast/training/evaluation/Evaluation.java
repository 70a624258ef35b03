package io.loadcast.training.evaluation;

import java.util.List;

/**
 * The outcome of an evaluation.
 *
 * @param protocol its name
 * @param windows how many windows were forecast, all regions together
 * @param models the models' scores
 * @param baselines the baselines' scores on the same windows
 * @param unscored baselines that were asked for and could not be had
 */
public record Evaluation(
        String protocol, int windows, List<Scores> models, List<Scores> baselines, List<Unscored> unscored) {
    public Evaluation {
        models = List.copyOf(models);
        baselines = List.copyOf(baselines);
        unscored = List.copyOf(unscored);
    }
}
