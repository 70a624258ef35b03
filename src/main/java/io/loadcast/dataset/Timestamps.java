package io.loadcast.dataset;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;

/**
 * The time formats that files may use: {@code yyyy-MM-dd HH:mm[:ss]} with a blank or {@code T}, {@code MM/dd/yyyy HH:mm[:ss]}, and
 * ISO-8601 with {@code Z} or an offset. Read by hand, because a {@code DateTimeFormatter} takes most of the time of a load.
 */
final class Timestamps {
    static final String FORMATS =
            "yyyy-MM-dd HH:mm[:ss], yyyy-MM-dd'T'HH:mm[:ss], MM/dd/yyyy HH:mm, or ISO-8601 with Z or an offset";

    private static final int MINUTES_END = 16;
    private static final int SECONDS_END = 19;

    private Timestamps() {}

    /**
     * @return an {@link OffsetDateTime} if the text says its offset, else a {@link LocalDateTime}
     * @throws DateTimeException if the text has none of the formats or names no date of the calendar
     */
    static Temporal parse(String text) {
        if (text.length() < MINUTES_END) {
            throw unparsable(text);
        }
        if (text.charAt(2) == '/') {
            require(text, text.charAt(5) == '/');
            return clock(text, digits(text, 6, 10), digits(text, 0, 2), digits(text, 3, 5));
        }
        require(text, text.charAt(4) == '-' && text.charAt(7) == '-');
        if (hasOffset(text)) {
            return OffsetDateTime.parse(text.replace(' ', 'T'));
        }
        return clock(text, digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
    }

    private static boolean hasOffset(String text) {
        return text.endsWith("Z") || text.indexOf('+', MINUTES_END) > 0 || text.indexOf('-', MINUTES_END) > 0;
    }

    private static LocalDateTime clock(String text, int year, int month, int day) {
        char separator = text.charAt(10);
        require(text, (separator == ' ' || separator == 'T') && text.charAt(13) == ':');
        int seconds = 0;
        if (text.length() > MINUTES_END) {
            require(text, text.length() == SECONDS_END && text.charAt(MINUTES_END) == ':');
            seconds = digits(text, 17, SECONDS_END);
        }
        return LocalDateTime.of(year, month, day, digits(text, 11, 13), digits(text, 14, MINUTES_END), seconds);
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            require(text, digit >= 0 && digit <= 9);
            value = value * 10 + digit;
        }
        return value;
    }

    private static void require(String text, boolean condition) {
        if (!condition) {
            throw unparsable(text);
        }
    }

    private static DateTimeException unparsable(String text) {
        return new DateTimeException("'" + text + "' has none of the known formats");
    }
}
