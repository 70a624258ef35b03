package io.loadcast.monitoring;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * How far the restore of the stores has come: those that are being restored now, and in their number of records also those that have been
 * since the program started. Thread-safe.
 */
public final class RestoreProgress implements StateRestoreListener, MultiCollector {

    /** One changelog partition; offsets, of which markers of transactions take some, so records are fewer. */
    private record Restore(long start, long end, long restored, boolean isOver) {
        Restore plus(long records) {
            return new Restore(start, end, restored + records, false);
        }

        Restore over() {
            return new Restore(start, end, restored, true);
        }

        long total() {
            return Math.max(restored, isOver ? restored : end - start);
        }
    }

    /**
     * @param storesRestoring how many partitions of changelogs are being read
     * @param storesRestored how many have been
     * @param recordsRestored of both
     * @param recordsTotal what of both there was to read, about: offsets, of which markers take some
     * @param seconds since the oldest restore that goes on began; 0 if none does
     */
    public record Snapshot(
            int storesRestoring, int storesRestored, long recordsRestored, long recordsTotal, double seconds) {}

    private final LongSupplier nanoTime;
    private final Map<TopicPartition, Restore> restores = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> since = new ConcurrentHashMap<>();

    public RestoreProgress() {
        this(System::nanoTime);
    }

    RestoreProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long startingOffset, long endingOffset) {
        restores.put(changelog, new Restore(startingOffset, endingOffset, 0, false));
        since.put(changelog, nanoTime.getAsLong());
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEndOffset, long numRestored) {
        restores.computeIfPresent(changelog, (key, restore) -> restore.plus(numRestored));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long totalRestored) {
        restores.computeIfPresent(changelog, (key, restore) -> restore.over());
        since.remove(changelog);
    }

    /** The partition went to another instance before it was ready. */
    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long totalRestored) {
        restores.remove(changelog);
        since.remove(changelog);
    }

    public Snapshot snapshot() {
        int restoring = 0;
        int restored = 0;
        long records = 0;
        long total = 0;
        for (Restore restore : restores.values()) {
            restoring += restore.isOver() ? 0 : 1;
            restored += restore.isOver() ? 1 : 0;
            records += restore.restored();
            total += restore.total();
        }
        long now = nanoTime.getAsLong();
        long longest =
                since.values().stream().mapToLong(begun -> now - begun).max().orElse(0);
        return new Snapshot(restoring, restored, records, total, longest / 1e9);
    }

    @Override
    public MetricSnapshots collect() {
        Snapshot now = snapshot();
        return MetricSnapshots.of(
                new Family("loadcast_restore_stores", "Partitions of state stores, by how their restore stands.")
                        .add(now.storesRestoring(), "state", "restoring")
                        .add(now.storesRestored(), "state", "restored")
                        .gauge(),
                new Family("loadcast_restore_records_done", "Records read from changelogs by those restores.")
                        .add(now.recordsRestored())
                        .gauge(),
                new Family("loadcast_restore_records_expected", "Offsets that those restores had to go through, about.")
                        .add(now.recordsTotal())
                        .gauge(),
                new Family("loadcast_restore_running_seconds", "Since the oldest restore that goes on began; else 0.")
                        .add(now.seconds())
                        .gauge());
    }
}
