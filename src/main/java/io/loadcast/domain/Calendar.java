package io.loadcast.domain;

import java.nio.FloatBuffer;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;

/**
 * The calendar features of consecutive hours by one civil calendar, in a model's order. Not thread-safe: it keeps the hours it has
 * computed in a direct-mapped table, because a window shares all hours but one with the window before.
 */
public final class Calendar {
    private static final int SLOTS = 1 << 12; // hours, half a year; 4096 · (8 + 4·features) bytes

    private final CivilCalendar civil;
    private final List<CalendarFeature> features;
    private final long[] hours = new long[SLOTS];
    private final float[] values;

    public Calendar(CivilCalendar civil, List<CalendarFeature> features) {
        this.civil = civil;
        this.features = List.copyOf(features);
        this.values = new float[SLOTS * features.size()];
        Arrays.fill(hours, Long.MIN_VALUE);
    }

    /**
     * Appends {@code count × features} values to the buffer, hour by hour.
     *
     * @throws java.nio.BufferOverflowException if the buffer has not that much room
     */
    public void append(long firstEpochHour, int count, FloatBuffer target) {
        for (long hour = firstEpochHour; hour < firstEpochHour + count; hour++) {
            target.put(values, slotOf(hour) * features.size(), features.size());
        }
    }

    private int slotOf(long hour) {
        int slot = (int) (hour & (SLOTS - 1));
        if (hours[slot] != hour) {
            ZonedDateTime local = EpochHour.start(hour).atZone(civil.zone());
            for (int f = 0; f < features.size(); f++) {
                values[slot * features.size() + f] = features.get(f).at(local, civil.holidays());
            }
            hours[slot] = hour;
        }
        return slot;
    }
}
