package io.loadcast.domain;

import java.time.ZonedDateTime;
import java.util.Arrays;

/**
 * The hour of the week, by one civil calendar, of any hour: 24 · day of the week + hour of the day, 0 (Monday, 0 h) … 167. Not
 * thread-safe: it keeps what it has computed in a direct-mapped table, because regions of one calendar ask for the same hours.
 */
public final class HoursOfWeek {
    /** How many there are. */
    public static final int COUNT = 7 * 24;

    private static final int SLOTS = 1 << 10;

    private final CivilCalendar civil;
    private final long[] hours = new long[SLOTS];
    private final short[] hoursOfWeek = new short[SLOTS];

    public HoursOfWeek(CivilCalendar civil) {
        this.civil = civil;
        Arrays.fill(hours, Long.MIN_VALUE);
    }

    /** The hour of the week at which an hour (see {@link EpochHour}) starts. */
    public int at(long hour) {
        int slot = (int) (hour & (SLOTS - 1));
        if (hours[slot] != hour) {
            ZonedDateTime local = EpochHour.start(hour).atZone(civil.zone());
            hoursOfWeek[slot] = (short) (24 * (local.getDayOfWeek().getValue() - 1) + local.getHour());
            hours[slot] = hour;
        }
        return hoursOfWeek[slot];
    }
}
