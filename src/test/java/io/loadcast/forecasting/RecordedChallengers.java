package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what is found of challengers. */
final class RecordedChallengers implements ChallengerOutputs {
    final List<PointScore> scores = new ArrayList<>();
    final List<Promotion> promotions = new ArrayList<>();

    /** Of each region and challenger all that came out, in order and in full. */
    final Map<String, List<String>> byChallenger = new TreeMap<>();

    @Override
    public void score(Region region, ModelId challenger, PointScore score) {
        scores.add(score);
        record(region, challenger, score.toString());
    }

    @Override
    public void promote(Promotion promotion) {
        promotions.add(promotion);
        record(promotion.region(), promotion.challenger(), promotion.toString());
    }

    private void record(Region region, ModelId challenger, String output) {
        byChallenger
                .computeIfAbsent(region + "/" + challenger.version(), name -> new ArrayList<>())
                .add(output);
    }
}
