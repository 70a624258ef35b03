package io.loadcast.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingScopeTest {
    private static final byte[] KEY = "N".getBytes(UTF_8);

    private static byte[] reading(String validTime) {
        return ("{\"region\":\"N\",\"valid_time\":\"" + validTime + "\",\"load_mw\":1}").getBytes(UTF_8);
    }

    @Test
    void liveTakesAll() {
        assertThat(ReadingScope.ALL.takes(7, 1L << 40, null, null)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 9, true", "0, 10, false", "0, 3, false", "1, 3, true", "1, 4, false", "2, 0, false"})
    void recordsFromTheEndOnAndThosePassedOverAreNotTaken(int partition, long offset, boolean taken) {
        // given
        ReadingScope scope = ReadingScope.of(
                Map.of(0, 10L, 1, 4L), Map.of(0, Set.of(3L)), Set.of(), Optional.empty(), Optional.empty());

        // then
        assertThat(scope.takes(partition, offset, KEY, reading("2018-01-01T00:00:00Z")))
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({
        "2017-12-31T23:00:00Z, false",
        "2018-01-01T00:00:00Z, true",
        "2018-01-01T06:30:00+05:30, true",
        "2018-01-01T23:00:00Z, true",
        "2018-01-02T00:00:00Z, false",
        "2100-01-01T00:00:00Z, false",
        "no time, true",
    })
    void aPeriodIsOfValidTimesAndWhatHasNoneIsTakenToBecomeADeadLetter(String validTime, boolean taken) {
        // given
        ReadingScope scope = ReadingScope.of(
                Map.of(0, 10L),
                Map.of(),
                Set.of(),
                Optional.of(Instant.parse("2018-01-01T00:00:00Z")),
                Optional.of(Instant.parse("2018-01-02T00:00:00Z")));

        // then
        assertThat(scope.takes(0, 0, KEY, reading(validTime))).isEqualTo(taken);
    }

    @Test
    void aRegionIsToldByTheKey() {
        // given
        ReadingScope scope =
                ReadingScope.of(Map.of(0, 10L), Map.of(), Set.of("N", "M"), Optional.empty(), Optional.empty());

        // then
        assertThat(scope.takes(0, 0, KEY, null)).isTrue();
        assertThat(scope.takes(0, 0, "O".getBytes(UTF_8), reading("2018-01-01T00:00:00Z")))
                .isFalse();
        assertThat(scope.takes(0, 0, null, reading("2018-01-01T00:00:00Z"))).isFalse();
    }
}
