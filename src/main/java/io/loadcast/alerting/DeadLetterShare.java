package io.loadcast.alerting;

import io.loadcast.domain.EpochHour;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.AlertKind;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rule that too many records of a partition become dead letters: of a block, which is so many offsets from a multiple of their
 * number on. A block on its own can be told from an offset, so that a partition without dead letters needs no memory at all. The alert is
 * raised by the record that makes the share full; a whole block with less than half of the share clears it.
 *
 * <p>Packed, big-endian: format (1) · block (8) · dead letters in it (4) · block in which it was raised, or −1 (8) · hour at which it was
 * raised (4). Not thread-safe.
 */
final class DeadLetterShare {
    private static final byte FORMAT = 1;
    private static final int BYTES = 25;
    private static final long NONE = -1;

    private final Rule rule;
    private final int partition;

    private long block = NONE;
    private int deadLetters;
    private long raisedBlock = NONE;
    private int raisedHour;
    private boolean changed;

    /**
     * Its numbers.
     *
     * @param records offsets in a block
     * @param share of them that raises the alert
     */
    record Rule(boolean enabled, int records, double share) {
        int limit() {
            return Math.max(1, (int) Math.ceil(share * records));
        }
    }

    DeadLetterShare(Rule rule, int partition) {
        this.rule = rule;
        this.partition = partition;
    }

    /** @throws IllegalStateException if it was written in a form that is not known */
    void restore(byte @Nullable [] packed) {
        if (packed == null) {
            return;
        }
        if (packed.length != BYTES || packed[0] != FORMAT) {
            throw new IllegalStateException("the alerts of a partition are stored in a form that this version does"
                    + " not know; run with the version that wrote it, or under another application id");
        }
        ByteBuffer from = ByteBuffer.wrap(packed, 1, BYTES - 1);
        block = from.getLong();
        deadLetters = from.getInt();
        raisedBlock = from.getLong();
        raisedHour = from.getInt();
    }

    byte[] packed() {
        return ByteBuffer.allocate(BYTES)
                .put(FORMAT)
                .putLong(block)
                .putInt(deadLetters)
                .putLong(raisedBlock)
                .putInt(raisedHour)
                .array();
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /**
     * Takes a record, before what becomes of it.
     *
     * @param hour the event time that the partition has reached
     * @return the alert that is cleared by it, or null
     */
    @Nullable
    Alert record(long offset, long hour) {
        return raisedBlock == NONE ? null : roll(offset, hour);
    }

    /**
     * Takes a dead letter that the record became.
     *
     * @return the alert that is raised by it, or null
     */
    @Nullable
    Alert deadLetter(long offset, long hour) {
        if (!rule.enabled()) {
            return null;
        }
        if (raisedBlock == NONE) {
            roll(offset, hour);
        }
        changed = true;
        if (++deadLetters < rule.limit() || raisedBlock != NONE) {
            return null;
        }
        raisedBlock = block;
        raisedHour = Math.toIntExact(hour);
        return alert(
                null,
                deadLetters + " of " + rule.records() + " records of partition " + partition
                        + " have become dead letters; the dead-letter topic says why",
                deadLetters);
    }

    private @Nullable Alert roll(long offset, long hour) {
        long now = offset / rule.records();
        if (now == block && rule.enabled()) {
            return null;
        }
        boolean calm = now != block + 1 || 2 * deadLetters < rule.limit() || !rule.enabled();
        int before = now == block + 1 ? deadLetters : 0;
        block = now;
        deadLetters = 0;
        changed = true;
        if (raisedBlock == NONE || !calm) {
            return null;
        }
        Alert cleared = alert(
                Math.max(raisedHour, hour),
                "few records of partition " + partition + " become dead letters any more",
                before);
        raisedBlock = NONE;
        return cleared;
    }

    /** Named by the first offset of its block: several may be raised in an hour. */
    private Alert alert(@Nullable Long clearedHour, String message, int count) {
        return new Alert(
                AlertKind.DEAD_LETTERS.key() + "/" + partition + "/" + EpochHour.start(raisedHour) + "/"
                        + raisedBlock * rule.records(),
                AlertKind.DEAD_LETTERS,
                null,
                raisedHour,
                clearedHour,
                message,
                Map.of(
                        "partition", Integer.toString(partition),
                        "records", Integer.toString(rule.records()),
                        "dead_letters", Integer.toString(count),
                        "share", Evidence.number(rule.share())));
    }
}
