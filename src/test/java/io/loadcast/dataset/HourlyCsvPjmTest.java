package io.loadcast.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.EpochHour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The twelve public PJM files, against counts made by hand and by a second, unlike method. */
class HourlyCsvPjmTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @Test
    void readsEveryRowAndFindsEveryGap() {
        // given
        Path directory = PjmData.directory();

        // when
        List<HourlySeries> all = HourlyCsv.read(directory, CsvFormat.PJM);

        // then
        assertThat(all).hasSize(12);
        assertThat(all.stream().mapToInt(HourlySeries::presentHours).sum()).isEqualTo(1_090_167);
        Map<String, Integer> missing = all.stream()
                .collect(Collectors.toMap(
                        series -> series.region().name(),
                        series -> series.hours() - series.presentHours(),
                        (a, b) -> a,
                        TreeMap::new));
        assertThat(missing)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("AEP", 23),
                        Map.entry("COMED", 6),
                        Map.entry("DAYTON", 21),
                        Map.entry("DEOK", 4),
                        Map.entry("DOM", 19),
                        Map.entry("DUQ", 19),
                        Map.entry("EKPC", 2),
                        Map.entry("FE", 6),
                        Map.entry("NI", 15),
                        Map.entry("PJME", 25),
                        Map.entry("PJMW", 25),
                        Map.entry("PJM_Load", 8)));
    }

    @Test
    void knowsAsPresentExactlyTheHoursWhoseLocalLabelTheFileShows() throws IOException {
        // given the text of the labels, with no time-zone arithmetic in the direction under test
        Path file = PjmData.directory().resolve("AEP_hourly.csv");
        Set<String> labels;
        try (Stream<String> lines = Files.lines(file)) {
            labels = lines.skip(1).map(line -> line.substring(0, 19)).collect(Collectors.toCollection(HashSet::new));
        }

        // when
        HourlySeries series = HourlyCsv.read(file, CsvFormat.PJM).get(0);

        // then
        for (int i = 0; i < series.hours(); i++) {
            LocalDateTime start = LocalDateTime.ofInstant(EpochHour.start(series.epochHour(i)), NEW_YORK);
            String label = start.plusHours(1).toString().replace('T', ' ') + ":00";
            assertThat(series.isPresent(i)).as(label).isEqualTo(labels.contains(label));
        }
    }

    @Test
    void readsTheFirstAndLastHourOfAFile() {
        // given
        Path file = PjmData.directory().resolve("PJME_hourly.csv");

        // when
        HourlySeries series = HourlyCsv.read(file, CsvFormat.PJM).get(0);

        // then "2002-01-01 01:00:00,30393.0" is the hour from midnight, New York time
        assertThat(EpochHour.start(series.firstEpochHour())).isEqualTo(Instant.parse("2002-01-01T05:00:00Z"));
        assertThat(series.loadMw(0)).isEqualTo(30393f);
        assertThat(EpochHour.start(series.epochHour(series.hours() - 1)))
                .isEqualTo(Instant.parse("2018-08-03T03:00:00Z"));
    }
}
