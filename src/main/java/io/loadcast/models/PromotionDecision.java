package io.loadcast.models;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelSnapshot;
import io.loadcast.forecasting.Promotion;
import io.loadcast.forecasting.PromotionRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which challenger is to be champion of all regions, by the assignment from which it follows. Whoever carries it out has to find the same assignment
 * still in the topic: a person's, made since, comes first.
 *
 * @param assigned of all regions
 * @param champion in force there
 * @param challengers that run there
 */
record PromotionDecision(ModelAssignment assigned, ModelId champion, List<ModelId> challengers) {
    private static final Logger LOG = LoggerFactory.getLogger(PromotionDecision.class);

    /**
     * What there is to decide.
     *
     * @param configured checksum of the model that forecasts where none is assigned
     * @return empty if nobody challenges, or another model forecasts than is assigned: it was refused, or is not loaded yet
     */
    static Optional<PromotionDecision> of(
            Optional<ModelAssignment> assigned, ModelSnapshot inForce, String configured) {
        ModelId champion = inForce.champion().model();
        return assigned.filter(known -> !known.challengers().isEmpty()
                        && champion.sha256().equals(known.champion() == null ? configured : known.champion()))
                .map(known -> new PromotionDecision(
                        known,
                        champion,
                        inForce.challengers().stream()
                                .map(ForecastEngine::model)
                                .toList()));
    }

    /**
     * The best challenger, if it is better.
     *
     * @param rows the best first
     * @param hour the last of the hours that were looked at
     */
    Optional<Promotion> by(List<ChallengerComparison.Row> rows, long hour) {
        rows.forEach(row -> LOG.info("all regions: {}", text(row)));
        for (ChallengerComparison.Row row : rows) {
            Optional<ModelId> challenger = challengers.stream()
                    .filter(model -> model.sha256().equals(row.challengerSha256()))
                    .findFirst();
            if (row.verdict().isBetter() && challenger.isPresent()) {
                return Optional.of(new Promotion(null, hour, champion, challenger.get(), row.verdict()));
            }
        }
        return Optional.empty();
    }

    private static String text(ChallengerComparison.Row row) {
        PromotionRule.Verdict verdict = row.verdict();
        String found = String.format(
                Locale.ROOT,
                "challenger %s against %s, %d regions, %d hours: %s",
                row.challenger(),
                row.champion(),
                row.regions(),
                verdict.hours(),
                verdict.finding().text());
        return verdict.hours() == 0
                ? found
                : found
                        + String.format(
                                Locale.ROOT,
                                " (sMAPE %.3f %% and %.3f %%, Diebold-Mariano %.2f, p = %.2g)",
                                verdict.challengerPct(),
                                verdict.championPct(),
                                verdict.statistic(),
                                verdict.pValue());
    }
}
