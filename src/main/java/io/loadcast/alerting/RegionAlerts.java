package io.loadcast.alerting;

import io.loadcast.forecasting.AlertKind;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What the rules have to remember of one region. Two states are equal if their packed forms are.
 *
 * <p>A value over a packed array, big-endian: format (1) · flags (1) · drift sum as float32 (4) · for each of {@link #KINDS} the hour at
 * which it was raised (4; the smallest number if it is not) and how many events in a row speak for a change (2). A state that is shorter
 * lacks the kinds that were added since. Not thread-safe.
 */
public final class RegionAlerts {
    /** In the order of the packed form: only ever added to. */
    static final List<AlertKind> KINDS = List.of(
            AlertKind.OUTSIDE_INTERVAL,
            AlertKind.PEAK_ABOVE,
            AlertKind.FEED_SILENT,
            AlertKind.FLATLINE,
            AlertKind.MODEL_DRIFT,
            AlertKind.COVERAGE_LOST,
            AlertKind.FALLBACK_IN_USE);

    private static final byte FORMAT = 1;
    private static final int FLAGS_AT = 1;
    private static final int DRIFT_SUM_AT = 2;
    private static final int KINDS_AT = 6;
    private static final int KIND_BYTES = Integer.BYTES + Short.BYTES;
    private static final int BYTES = KINDS_AT + KINDS.size() * KIND_BYTES;
    private static final int NOT_RAISED = Integer.MIN_VALUE;

    private static final byte CAUGHT_UP = 1;

    private final ByteBuffer packed;
    private boolean changed;

    private RegionAlerts(ByteBuffer packed) {
        this.packed = packed;
    }

    /** Of a region of which nothing is known. */
    static RegionAlerts none() {
        ByteBuffer packed = ByteBuffer.allocate(BYTES).put(0, FORMAT);
        for (int at = KINDS_AT; at < BYTES; at += KIND_BYTES) {
            packed.putInt(at, NOT_RAISED);
        }
        return new RegionAlerts(packed);
    }

    /**
     * @param bytes copied
     * @throws IllegalStateException if they were written in a form that is not known
     */
    static RegionAlerts ofPacked(byte[] bytes) {
        if (bytes.length < KINDS_AT
                || bytes.length > BYTES
                || bytes[0] != FORMAT
                || (bytes.length - KINDS_AT) % KIND_BYTES != 0) {
            throw new IllegalStateException("the alerts of a region are stored in a form that this version does not"
                    + " know; run with the version that wrote it, or under another application id");
        }
        RegionAlerts alerts = none();
        alerts.packed.put(0, bytes);
        return alerts;
    }

    /** A copy of the packed form, which is to be kept. */
    byte[] takePacked() {
        changed = false;
        return packed.array().clone();
    }

    /** Whether it has changed since {@link #takePacked}. */
    boolean isChanged() {
        return changed;
    }

    private static int at(AlertKind kind) {
        return switch (kind) {
            case OUTSIDE_INTERVAL -> KINDS_AT;
            case PEAK_ABOVE -> KINDS_AT + KIND_BYTES;
            case FEED_SILENT -> KINDS_AT + 2 * KIND_BYTES;
            case FLATLINE -> KINDS_AT + 3 * KIND_BYTES;
            case MODEL_DRIFT -> KINDS_AT + 4 * KIND_BYTES;
            case COVERAGE_LOST -> KINDS_AT + 5 * KIND_BYTES;
            case FALLBACK_IN_USE -> KINDS_AT + 6 * KIND_BYTES;
            default -> throw new IllegalArgumentException(kind + " is not remembered here");
        };
    }

    boolean isRaised(AlertKind kind) {
        return packed.getInt(at(kind)) != NOT_RAISED;
    }

    /** Of an alert that is raised. */
    long raisedHour(AlertKind kind) {
        return packed.getInt(at(kind));
    }

    /**
     * Takes what a rule found in its next event.
     *
     * @param hours alarming events in a row that raise the alert
     * @param clearHours calm events in a row that clear it
     * @return whether the alert has to be raised or cleared now, which {@link #raise} and {@link #clear} do
     */
    boolean isToChange(AlertKind kind, Judgement judgement, int hours, int clearHours) {
        if (judgement == Judgement.UNKNOWN) {
            return false;
        }
        boolean raised = isRaised(kind);
        if (judgement == Judgement.OFF || judgement == Judgement.ALARMING_AT_ONCE) {
            countIs(kind, 0);
            return raised == (judgement == Judgement.OFF);
        }
        boolean speaksForChange = judgement == (raised ? Judgement.CALM : Judgement.ALARMING);
        int count = speaksForChange ? packed.getShort(at(kind) + Integer.BYTES) + 1 : 0;
        boolean enough = speaksForChange && count >= (raised ? clearHours : hours);
        countIs(kind, enough ? 0 : count);
        return enough;
    }

    void raise(AlertKind kind, long hour) {
        packed.putInt(at(kind), Math.toIntExact(hour));
        changed = true;
    }

    void clear(AlertKind kind) {
        packed.putInt(at(kind), NOT_RAISED);
        changed = true;
    }

    private void countIs(AlertKind kind, int count) {
        int at = at(kind) + Integer.BYTES;
        if (packed.getShort(at) != count) {
            packed.putShort(at, (short) Math.min(count, Short.MAX_VALUE));
            changed = true;
        }
    }

    float driftSum() {
        return packed.getFloat(DRIFT_SUM_AT);
    }

    void driftSumIs(float sum) {
        if (packed.getFloat(DRIFT_SUM_AT) != sum) {
            packed.putFloat(DRIFT_SUM_AT, sum);
            changed = true;
        }
    }

    /** Whether the region's clock has ever been near those of the others: history that is fed later is not silent. */
    boolean hasCaughtUp() {
        return flag(CAUGHT_UP);
    }

    void hasCaughtUp(boolean value) {
        flagIs(CAUGHT_UP, value);
    }

    private boolean flag(byte flag) {
        return (packed.get(FLAGS_AT) & flag) != 0;
    }

    private void flagIs(byte flag, boolean value) {
        if (flag(flag) != value) {
            packed.put(FLAGS_AT, (byte) (packed.get(FLAGS_AT) ^ flag));
            changed = true;
        }
    }
}
