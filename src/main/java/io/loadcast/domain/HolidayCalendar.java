package io.loadcast.domain;

import java.time.LocalDate;

/**
 * The public holidays of a country or a part of it, past and to come. Implementations are safe for use by several threads; two
 * of the same code are equal.
 */
public interface HolidayCalendar {
    /** No day is a holiday. */
    HolidayCalendar NONE = new HolidayCalendar() {
        @Override
        public String code() {
            return "none";
        }

        @Override
        public boolean isHoliday(LocalDate date) {
            return false;
        }

        @Override
        public String toString() {
            return code();
        }
    };

    /** What settings and options call it, such as {@code us} or {@code de-by}. */
    String code();

    /** @param date by the region's own clock */
    boolean isHoliday(LocalDate date);
}
