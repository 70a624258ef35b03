package io.loadcast.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Region;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataFingerprintTest {
    private static final ZoneId UTC = ZoneOffset.UTC;
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
                        of("A", ZoneId.of("Europe/Berlin"), 420_000, 1, Float.NaN, 3),
                        of("A", UTC, 420_001, 1, Float.NaN, 3),
                        of("A", UTC, 420_000, 1, 2, 3),
                        of("A", UTC, 420_000, 1, Float.NaN)))
                .doesNotContain(FINGERPRINT)
                .doesNotHaveDuplicates();
    }

    private static String of(String region, ZoneId zone, long firstEpochHour, float... loadMw) {
        return DataFingerprint.of(List.of(new HourlySeries(new Region(region), zone, firstEpochHour, loadMw)));
    }
}
