package io.loadcast.streaming;

import io.loadcast.domain.Region;
import io.loadcast.forecasting.LoadProfile;
import io.loadcast.forecasting.RegionState;
import io.loadcast.forecasting.RegionStates;
import io.loadcast.forecasting.ScoreHistory;
import io.loadcast.forecasting.StateLayout;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The states, score histories and load profiles of a task's regions in its three stores, under the regions' names. Used on the stream thread; the
 * stores' owner is Kafka Streams.
 */
final class StoredRegionStates implements RegionStates {
    private final StateLayout layout;
    private final KeyValueStore<String, byte[]> states;
    private final KeyValueStore<Bytes, byte[]> scoreHistories;
    private final KeyValueStore<String, byte[]> loadProfiles;

    StoredRegionStates(
            StateLayout layout,
            KeyValueStore<String, byte[]> states,
            KeyValueStore<Bytes, byte[]> scoreHistories,
            KeyValueStore<String, byte[]> loadProfiles) {
        this.layout = layout;
        this.states = states;
        this.scoreHistories = scoreHistories;
        this.loadProfiles = loadProfiles;
    }

    /** @throws io.loadcast.forecasting.IncompatibleStateException if what is stored was written for another model */
    @Override
    public RegionState of(Region region) {
        byte @Nullable [] packed = states.get(region.name());
        return packed == null ? RegionState.empty(layout) : RegionState.ofPacked(layout, packed);
    }

    @Override
    public void put(Region region, RegionState state) {
        states.put(region.name(), state.packed());
    }

    @Override
    public ScoreHistory historyOf(Region region) {
        return new StoredScoreHistory(scoreHistories, layout.scoredLeads(), region);
    }

    /** @throws io.loadcast.forecasting.IncompatibleStateException if another version wrote what is stored */
    @Override
    public LoadProfile profileOf(Region region) {
        byte @Nullable [] packed = loadProfiles.get(region.name());
        return packed == null ? LoadProfile.empty() : LoadProfile.ofPacked(packed);
    }

    @Override
    public void put(Region region, LoadProfile profile) {
        loadProfiles.put(region.name(), profile.packed());
    }

    /** @throws io.loadcast.forecasting.IncompatibleStateException if what is stored was written for another model */
    @Override
    public void forEach(BiConsumer<Region, RegionState> action) {
        try (KeyValueIterator<String, byte[]> all = states.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                action.accept(new Region(entry.key), RegionState.ofPacked(layout, entry.value));
            }
        }
    }
}
