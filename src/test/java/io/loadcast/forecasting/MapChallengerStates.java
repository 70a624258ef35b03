package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** States and score histories of challengers in memory. */
final class MapChallengerStates implements ChallengerStates {
    private record Owner(String region, String prefix) {}

    private final StateLayout layout;
    private final Map<Owner, byte[]> states = new java.util.HashMap<>();
    private final Map<Owner, MapScoreHistory> histories = new java.util.HashMap<>();

    MapChallengerStates(StateLayout layout) {
        this.layout = layout;
    }

    private static Owner owner(Region region, String prefix) {
        return new Owner(region.name(), prefix);
    }

    @Override
    public @Nullable ChallengerState of(Region region, String prefix) {
        byte[] packed = states.get(owner(region, prefix));
        return packed == null ? null : ChallengerState.ofPacked(layout, packed);
    }

    @Override
    public void put(Region region, String prefix, ChallengerState state) {
        states.put(owner(region, prefix), state.packed());
    }

    @Override
    public ScoreHistory historyOf(Region region, String prefix) {
        return histories.computeIfAbsent(owner(region, prefix), key -> new MapScoreHistory(layout.scoredLeads()));
    }

    @Override
    public void removeIf(BiPredicate<Region, String> isOver) {
        BiPredicate<Region, String> over = isOver;
        states.keySet().removeIf(owner -> over.test(new Region(owner.region()), owner.prefix()));
        histories.keySet().removeIf(owner -> over.test(new Region(owner.region()), owner.prefix()));
    }

    /** All that is kept, as text that can be compared. */
    Map<String, String> kept() {
        Map<String, String> kept = new TreeMap<>();
        states.forEach(
                (owner, packed) -> kept.put(owner.toString(), HexFormat.of().formatHex(packed)));
        histories.forEach((owner, history) -> history.forEach(
                day -> kept.put(owner + "/" + day.day(), HexFormat.of().formatHex(day.packed()))));
        return kept;
    }
}
