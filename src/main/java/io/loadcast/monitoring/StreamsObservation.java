package io.loadcast.monitoring;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** What Kafka Streams tells of the topology, from before its start. Thread-safe. */
@Singleton
public final class StreamsObservation {
    private final RestoreProgress restore = new RestoreProgress();
    private final List<StateRestoreListener> restoreListeners = new ArrayList<>();
    private volatile boolean hasRun;

    /** @param further ones that want to hear of restores too: Kafka Streams tells one listener only */
    public StreamsObservation(List<StateRestoreListener> further) {
        restoreListeners.add(restore);
        restoreListeners.addAll(further);
    }

    /** Listens to the topology, which is not started yet. */
    public void observe(KafkaStreams streams) {
        streams.setGlobalStateRestoreListener(new ToAll());
        streams.setStateListener((now, before) -> hasRun |= now == KafkaStreams.State.RUNNING);
    }

    public RestoreProgress restore() {
        return restore;
    }

    /** Whether the topology has had its partitions, with all their state, at some time. */
    public boolean hasRun() {
        return hasRun;
    }

    private final class ToAll implements StateRestoreListener {
        private void tell(Consumer<StateRestoreListener> what) {
            restoreListeners.forEach(what);
        }

        @Override
        public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
            tell(listener -> listener.onRestoreStart(changelog, store, start, end));
        }

        @Override
        public void onBatchRestored(TopicPartition changelog, String store, long batchEnd, long records) {
            tell(listener -> listener.onBatchRestored(changelog, store, batchEnd, records));
        }

        @Override
        public void onRestoreEnd(TopicPartition changelog, String store, long records) {
            tell(listener -> listener.onRestoreEnd(changelog, store, records));
        }

        @Override
        public void onRestoreSuspended(TopicPartition changelog, String store, long records) {
            tell(listener -> listener.onRestoreSuspended(changelog, store, records));
        }
    }
}
