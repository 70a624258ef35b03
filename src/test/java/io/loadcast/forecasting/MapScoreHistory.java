package io.loadcast.forecasting;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A score history in memory. */
final class MapScoreHistory implements ScoreHistory {
    private final ScoredLeads leads;
    private final Map<Integer, ScoredDay> slots = new HashMap<>();

    MapScoreHistory(ScoredLeads leads) {
        this.leads = leads;
    }

    @Override
    public ScoredDay of(int day) {
        ScoredDay kept = slots.get(Math.floorMod(day, DAYS));
        return kept == null ? ScoredDay.unscored(day, leads) : ScoredDay.ofPacked(day, leads, kept.packed());
    }

    void forEach(Consumer<ScoredDay> action) {
        slots.values().forEach(action);
    }

    @Override
    public void put(ScoredDay day) {
        slots.put(Math.floorMod(day.day(), DAYS), day);
    }
}
