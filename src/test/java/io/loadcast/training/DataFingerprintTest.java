package io.loadcast.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.holidays.PublicHolidays;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataFingerprintTest {
    private static final CivilCalendar UTC = CivilCalendar.UTC;
    private static final String FINGERPRINT = of("A", UTC, 420_000, 1, Float.NaN, 3);

    @Test
    void sameDataHasTheSameFingerprint() {
        assertThat(of("A", UTC, 420_000, 1, Float.NaN, 3))
                .isEqualTo(FINGERPRINT)
                .hasSize(16);
    }

    @Test
    void anyOtherDataHasAnother() {
        assertThat(List.of(
                        of("B", UTC, 420_000, 1, Float.NaN, 3),
                        of("A", CivilCalendar.withoutHolidays(ZoneId.of("Europe/Berlin")), 420_000, 1, Float.NaN, 3),
                        of("A", new CivilCalendar(UTC.zone(), PublicHolidays.of("us")), 420_000, 1, Float.NaN, 3),
                        of("A", UTC, 420_001, 1, Float.NaN, 3),
                        of("A", UTC, 420_000, 1, 2, 3),
                        of("A", UTC, 420_000, 1, Float.NaN)))
                .doesNotContain(FINGERPRINT)
                .doesNotHaveDuplicates();
    }

    private static String of(String region, CivilCalendar civilCalendar, long firstEpochHour, float... loadMw) {
        return DataFingerprint.of(List.of(new HourlySeries(new Region(region), civilCalendar, firstEpochHour, loadMw)));
    }
}
