package io.loadcast.forecasting;

import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.LookbackWindow;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest loads of a region, as they lie in its {@link RegionState}: what was read, and which of it forecasts are made from. A load that
 * is {@linkplain Suspicion#isKeptOut clearly wrong} is kept as it was read, and is no input. Hours are counted from the epoch.
 */
final class LoadRing {
    private final StateLayout layout;
    private final ByteBuffer packed;

    LoadRing(StateLayout layout, ByteBuffer packed) {
        this.layout = layout;
        this.packed = packed;
    }

    private long newestHour() {
        return packed.getInt(StateLayout.NEWEST_READING_AT);
    }

    private long oldestHour() {
        return newestHour() - layout.ringHours() + 1;
    }

    /** Whether the hour is not newer than the newest reading, nor older than the ring. */
    boolean isKept(long hour) {
        return hour <= newestHour() && hour >= oldestHour();
    }

    /** The load read at the hour, MW; NaN if none was, or if the ring no longer holds it. */
    float loadMw(long hour) {
        return isKept(hour) ? Math.abs(packed.getFloat(layout.ringAt(hour))) : Float.NaN;
    }

    /** The load that forecasts are made from, MW; NaN if none was read, if it is kept out, or if the ring no longer holds it. */
    float inputMw(long hour) {
        return isKept(hour) ? input(packed.getFloat(layout.ringAt(hour))) : Float.NaN;
    }

    /** As {@link #inputMw}, of what the ring holds for certain up to an hour that is due, however many hours have come since. */
    float certainInputMw(long hour, long dueHour) {
        return isCertain(hour, dueHour) ? inputMw(hour) : Float.NaN;
    }

    boolean isCertain(long hour, long dueHour) {
        return hour > dueHour - layout.certainHours();
    }

    private static float input(float inRing) {
        return Float.floatToRawIntBits(inRing) < 0 ? Float.NaN : inRing;
    }

    boolean isRead(long hour) {
        return !Float.isNaN(loadMw(hour));
    }

    /** The hour itself if it was read, or the next that was; the hour after the newest if there is none. */
    long nextReadHour(long from) {
        long hour = Math.max(from, oldestHour());
        while (hour <= newestHour() && !isRead(hour)) {
            hour++;
        }
        return hour;
    }

    /**
     * Puts a load into a ring that whoever calls may change, and move the newest hour of; hours that it skips are missing. An empty ring
     * skips from the beginning of time, and is emptied again.
     */
    void put(long hour, float loadMw, boolean isKeptOut) {
        for (long missing = Math.max(newestHour() + 1, hour - layout.ringHours()); missing < hour; missing++) {
            packed.putFloat(layout.ringAt(missing), Float.NaN);
        }
        packed.putFloat(layout.ringAt(hour), isKeptOut ? -loadMw : loadMw);
    }

    /** Fills in the newest loads before the hour that forecasts are made from, newest first; how many there are, at most as asked for. */
    int inputsBefore(long hour, float[] to) {
        return newestBefore(hour, to, true);
    }

    /** Fills in the newest loads before the hour but for zeros, those kept out as negative numbers; as {@link #inputsBefore}. */
    int loadsBefore(long hour, float[] to) {
        return newestBefore(hour, to, false);
    }

    private int newestBefore(long before, float[] to, boolean inputOnly) {
        int found = 0;
        long first = Math.min(before - 1, newestHour());
        int at = layout.ringAt(first);
        for (long hour = first; hour >= oldestHour() && found < to.length; hour--) {
            float inRing = packed.getFloat(at);
            if (inputOnly ? !Float.isNaN(input(inRing)) : Math.abs(inRing) > 0) {
                to[found++] = inRing;
            }
            at = layout.ringBefore(at);
        }
        return found;
    }

    /**
     * The lookback of a forecast issued at the hour.
     *
     * @return null if the hour itself was not read, if more is missing than may be imputed, or if the warm-up is not over
     */
    @Nullable
    LookbackWindow windowAt(long issueHour, ImputationLimits limits) {
        if (!isRead(issueHour)) {
            return null;
        }
        float[] mw = new float[LookbackWindow.CONTEXT_HOURS + layout.lookbackHours()];
        long first = issueHour - mw.length + 1;
        int gone = (int) Math.max(0, oldestHour() - first);
        Arrays.fill(mw, 0, gone, Float.NaN);
        int at = layout.ringAt(first + gone);
        for (int i = gone; i < mw.length; i++) {
            mw[i] = input(packed.getFloat(at));
            at = layout.ringAfter(at);
        }
        return LookbackWindow.complete(issueHour, mw, limits);
    }
}
