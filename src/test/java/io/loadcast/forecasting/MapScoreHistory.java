package io.loadcast.forecasting;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A score history in memory. */
final class MapScoreHistory implements ScoreHistory {
    private final Map<Long, HourScores> slots = new HashMap<>();

    @Override
    public @Nullable HourScores at(long hour) {
        HourScores scores = slots.get(Math.floorMod(hour, (long) HOURS));
        return scores != null && scores.hour() == hour ? scores : null;
    }

    @Override
    public void put(HourScores scores) {
        slots.put(Math.floorMod(scores.hour(), (long) HOURS), scores);
    }
}
