package io.loadcast.streaming;

import io.loadcast.alerting.AlertStates;
import io.loadcast.domain.Region;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What a task's rules remember, in its store: of a region under its name, of the partition under the empty name, which no region
 * has. Used on the stream thread; the store's owner is Kafka Streams.
 */
final class StoredAlertStates implements AlertStates {
    private static final String PARTITION = "";

    private final KeyValueStore<String, byte[]> store;

    StoredAlertStates(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    @Override
    public void put(Region region, byte[] packed) {
        store.put(region.name(), packed);
    }

    @Override
    public void forEach(BiConsumer<Region, byte[]> action) {
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                if (!entry.key.equals(PARTITION)) {
                    action.accept(new Region(entry.key), entry.value);
                }
            }
        }
    }

    @Override
    public void putPartition(byte[] packed) {
        store.put(PARTITION, packed);
    }

    @Override
    public byte @Nullable [] partition() {
        return store.get(PARTITION);
    }
}
