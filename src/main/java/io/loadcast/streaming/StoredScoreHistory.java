package io.loadcast.streaming;

import io.loadcast.domain.Region;
import io.loadcast.forecasting.HourScores;
import io.loadcast.forecasting.ScoreHistory;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One region's score history in a key–value store: key = region, then one byte for the hour modulo {@link ScoreHistory#HOURS};
 * so the store keeps as many entries as hours, and an hour takes the place of the one that left. Used on the stream thread.
 */
final class StoredScoreHistory implements ScoreHistory {
    private final KeyValueStore<Bytes, byte[]> store;
    private final byte[] region;

    StoredScoreHistory(KeyValueStore<Bytes, byte[]> store, Region region) {
        this.store = store;
        this.region = CloudEvent.utf8(region.name());
    }

    @Override
    public @Nullable HourScores at(long hour) {
        byte[] packed = store.get(key(hour));
        if (packed == null) {
            return null;
        }
        HourScores scores = HourScores.ofPacked(packed);
        return scores.hour() == hour ? scores : null;
    }

    @Override
    public void put(HourScores scores) {
        store.put(key(scores.hour()), scores.packed());
    }

    private Bytes key(long hour) {
        return Bytes.wrap(ByteBuffer.allocate(region.length + 1)
                .put(region)
                .put((byte) Math.floorMod(hour, HOURS))
                .array());
    }
}
