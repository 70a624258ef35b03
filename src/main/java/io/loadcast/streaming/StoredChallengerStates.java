package io.loadcast.streaming;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.domain.Region;
import io.loadcast.forecasting.ChallengerState;
import io.loadcast.forecasting.ChallengerStates;
import io.loadcast.forecasting.ScoreHistory;
import io.loadcast.forecasting.StateLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a task's challengers, in one store: key = region, then the 16 digits that tell the challenger, then one byte: what a
 * {@link StoredScoreHistory} appends, or {@link #STATE}. Used on the stream thread; the store's owner is Kafka Streams.
 */
final class StoredChallengerStates implements ChallengerStates {
    private static final byte STATE = Byte.MAX_VALUE;

    private final StateLayout layout;
    private final KeyValueStore<Bytes, byte[]> store;

    StoredChallengerStates(StateLayout layout, KeyValueStore<Bytes, byte[]> store) {
        this.layout = layout;
        this.store = store;
    }

    private static byte[] owner(Region region, String prefix) {
        return (region.name() + prefix).getBytes(UTF_8);
    }

    private static Bytes key(Region region, String prefix) {
        byte[] owner = owner(region, prefix);
        return Bytes.wrap(
                ByteBuffer.allocate(owner.length + 1).put(owner).put(STATE).array());
    }

    /** @throws io.loadcast.forecasting.IncompatibleStateException if another version wrote what is stored */
    @Override
    public @Nullable ChallengerState of(Region region, String prefix) {
        byte @Nullable [] packed = store.get(key(region, prefix));
        return packed == null ? null : ChallengerState.ofPacked(layout, packed);
    }

    @Override
    public void put(Region region, String prefix, ChallengerState state) {
        store.put(key(region, prefix), state.packed());
    }

    @Override
    public ScoreHistory historyOf(Region region, String prefix) {
        return new StoredScoreHistory(store, layout.scoredLeads(), owner(region, prefix));
    }

    @Override
    public void removeIf(BiPredicate<Region, String> isOver) {
        List<Bytes> over = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                byte[] key = all.next().key.get();
                int prefixAt = key.length - 1 - PREFIX;
                Region region = new Region(new String(key, 0, prefixAt, UTF_8));
                if (isOver.test(region, new String(key, prefixAt, PREFIX, US_ASCII))) {
                    over.add(Bytes.wrap(key));
                }
            }
        }
        over.forEach(store::delete);
    }
}
