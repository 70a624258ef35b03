package io.loadcast.holidays;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import io.loadcast.domain.HolidayCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The public holidays of a country or a part of it by Jollyday's rules: days of its type {@code PUBLIC_HOLIDAY}, neither bank
 * holidays nor observances.
 *
 * <p>A holiday that is observed on another day counts on that day; if it falls on a Saturday or Sunday, it counts there too, as
 * people keep Christmas on both. {@code us} are the federal holidays but Columbus Day, which Jollyday leaves to the states that
 * keep it ({@code us-pa}).
 *
 * <p>Safe for use by several threads. Each year is computed once.
 */
public final class PublicHolidays implements HolidayCalendar {
    private final String code;
    private final HolidayManager rules;
    private final String[] subdivisions;
    private final Map<Integer, Set<LocalDate>> datesByYear = new ConcurrentHashMap<>();

    private PublicHolidays(String code, HolidayManager rules, String... subdivisions) {
        this.code = code;
        this.rules = rules;
        this.subdivisions = subdivisions;
    }

    /**
     * The holidays of a code.
     *
     * @param code a country of ISO 3166-1 and, after hyphens, its subdivision, in either case: {@code us}, {@code us-pa},
     *     {@code de-by}; or {@code none}
     * @throws IllegalArgumentException if there is no such country or subdivision; the message names the known ones
     */
    public static HolidayCalendar of(String code) {
        String lowerCase = code.toLowerCase(Locale.ROOT);
        if (lowerCase.equals(NONE.code())) {
            return NONE;
        }
        String[] levels = lowerCase.split("-", -1);
        Set<String> countries = countries();
        if (!countries.contains(levels[0])) {
            throw new IllegalArgumentException(
                    "'" + code + "' names no country whose holidays are known; use none, or one of "
                            + inOrder(countries) + ", with a subdivision where there is one, as in us-pa");
        }
        HolidayManager rules = HolidayManager.getInstance(ManagerParameters.create(levels[0]));
        requireKnown(code, levels, rules.getCalendarHierarchy());
        return new PublicHolidays(lowerCase, rules, Arrays.copyOfRange(levels, 1, levels.length));
    }

    /** Jollyday knows stock exchanges too; their codes are longer. */
    private static Set<String> countries() {
        return HolidayManager.getSupportedCalendarCodes().stream()
                .map(country -> country.toLowerCase(Locale.ROOT))
                .filter(country -> country.length() == 2)
                .collect(Collectors.toSet());
    }

    /** Refuses a subdivision that Jollyday does not know; it would ignore it. */
    private static void requireKnown(String code, String[] levels, CalendarHierarchy country) {
        CalendarHierarchy known = country;
        for (int i = 1; i < levels.length; i++) {
            Map<String, CalendarHierarchy> subdivisions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            subdivisions.putAll(known.getChildren());
            CalendarHierarchy subdivision = subdivisions.get(levels[i]);
            if (subdivision == null) {
                String parent = String.join("-", Arrays.copyOf(levels, i));
                throw new IllegalArgumentException(
                        "'" + code + "' names no subdivision whose holidays are known; use " + parent
                                + (subdivisions.isEmpty()
                                        ? ", which has none"
                                        : ", or with one of its subdivisions: " + inOrder(subdivisions.keySet())));
            }
            known = subdivision;
        }
    }

    private static String inOrder(Collection<String> codes) {
        return codes.stream().sorted().collect(Collectors.joining(", "));
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public boolean isHoliday(LocalDate date) {
        return datesByYear.computeIfAbsent(date.getYear(), this::datesIn).contains(date);
    }

    private Set<LocalDate> datesIn(int year) {
        Set<LocalDate> dates = new HashSet<>();
        // Jollyday lists a holiday under its own year, but it may be observed in another: 2010-12-31 was New Year's Day
        // 2011.
        for (int own = year - 1; own <= year + 1; own++) {
            for (Holiday holiday : rules.getHolidays(Year.of(own), HolidayType.PUBLIC_HOLIDAY, subdivisions)) {
                dates.add(holiday.getDate());
                if (isWeekend(holiday.getActualDate())) {
                    dates.add(holiday.getActualDate());
                }
            }
        }
        dates.removeIf(date -> date.getYear() != year);
        return Set.copyOf(dates);
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicHolidays holidays && code.equals(holidays.code);
    }

    @Override
    public int hashCode() {
        return code.hashCode();
    }

    @Override
    public String toString() {
        return code;
    }
}
