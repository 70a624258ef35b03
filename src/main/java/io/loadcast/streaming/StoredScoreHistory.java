package io.loadcast.streaming;

import io.loadcast.domain.Region;
import io.loadcast.forecasting.ScoreHistory;
import io.loadcast.forecasting.ScoredDay;
import io.loadcast.forecasting.ScoredLeads;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One region's score history in a key–value store: key = its owner, then one byte for the day modulo {@link ScoreHistory#DAYS}; so
 * the store keeps as many entries as days, and a day takes the place of the one that left. Used on the stream thread.
 */
final class StoredScoreHistory implements ScoreHistory {
    private final KeyValueStore<Bytes, byte[]> store;
    private final ScoredLeads leads;
    private final byte[] owner;

    StoredScoreHistory(KeyValueStore<Bytes, byte[]> store, ScoredLeads leads, Region region) {
        this(store, leads, CloudEvent.utf8(region.name()));
    }

    /** @param owner whose it is, among those that the store is shared with */
    StoredScoreHistory(KeyValueStore<Bytes, byte[]> store, ScoredLeads leads, byte[] owner) {
        this.store = store;
        this.leads = leads;
        this.owner = owner;
    }

    @Override
    public ScoredDay of(int day) {
        byte[] packed = store.get(key(day));
        return packed == null ? ScoredDay.unscored(day, leads) : ScoredDay.ofPacked(day, leads, packed);
    }

    @Override
    public void put(ScoredDay day) {
        store.put(key(day.day()), day.packed());
    }

    private Bytes key(int day) {
        return Bytes.wrap(ByteBuffer.allocate(owner.length + 1)
                .put(owner)
                .put((byte) Math.floorMod(day, DAYS))
                .array());
    }
}
