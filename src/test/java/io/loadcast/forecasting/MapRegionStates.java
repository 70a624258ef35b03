package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** States, score histories and load profiles in memory. */
public final class MapRegionStates implements RegionStates {
    private final StateLayout layout;
    private final Map<Region, RegionState> states = new LinkedHashMap<>();
    private final Map<Region, MapScoreHistory> histories = new LinkedHashMap<>();
    private final Map<Region, LoadProfile> profiles = new LinkedHashMap<>();
    private int puts;

    public MapRegionStates(StateLayout layout) {
        this.layout = layout;
    }

    /** How often a state was stored. */
    int puts() {
        return puts;
    }

    @Override
    public RegionState of(Region region) {
        return states.getOrDefault(region, RegionState.empty(layout));
    }

    @Override
    public void put(Region region, RegionState state) {
        puts++;
        states.put(region, state);
    }

    @Override
    public ScoreHistory historyOf(Region region) {
        return histories.computeIfAbsent(region, key -> new MapScoreHistory(layout.scoredLeads()));
    }

    @Override
    public LoadProfile profileOf(Region region) {
        return profiles.getOrDefault(region, LoadProfile.empty());
    }

    @Override
    public void put(Region region, LoadProfile profile) {
        profiles.put(region, profile);
    }

    /** The packed days of a region's score history, in hexadecimal. */
    Map<Integer, String> daysOf(Region region) {
        Map<Integer, String> days = new TreeMap<>();
        MapScoreHistory history = histories.get(region);
        if (history != null) {
            history.forEach(day -> days.put(day.day(), HexFormat.of().formatHex(day.packed())));
        }
        return days;
    }

    @Override
    public void forEach(BiConsumer<Region, RegionState> action) {
        Map.copyOf(states).forEach(action);
    }
}
