package io.loadcast.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.EpochHour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** By file and year of New York time: what is missing though no clock was changed then. Single hours, by a second method too. */
    private static final Map<String, Map<Integer, Integer>> OTHER_GAPS = Map.of(
            "AEP", Map.of(2010, 1, 2012, 1, 2014, 1),
            "DAYTON", Map.of(2010, 1),
            "DOM", Map.of(2010, 1),
            "DUQ", Map.of(2010, 1),
            "NI", Map.of(2010, 1),
            "PJME", Map.of(2010, 1),
            "PJMW", Map.of(2010, 1));

    @Test
    void everyAutumnUntil2013MissesTwoHoursAndNoOtherChangeOfClocksMissesAny() {
        // given
        Path directory = PjmData.directory();

        // when
        List<HourlySeries> all = HourlyCsv.read(directory, CsvFormat.PJM);

        // then
        int springs = 0;
        int autumnsWithoutTheHours = 0;
        int wholeAutumns = 0;
        for (HourlySeries series : all) {
            String region = series.region().name();
            Map<Integer, Integer> expected = new TreeMap<>(OTHER_GAPS.getOrDefault(region, Map.of()));
            for (ZoneOffsetTransition change : changesWithin(series)) {
                boolean lost = isLost(change);
                assertThat(presentAround(change, series))
                        .as("%s, three hours before and after %s", region, change)
                        .containsExactly(true, true, !lost, !lost, true, true);
                if (lost) {
                    expected.merge(change.getDateTimeBefore().getYear(), 2, Integer::sum);
                    autumnsWithoutTheHours++;
                } else if (change.isOverlap()) {
                    wholeAutumns++;
                } else {
                    springs++;
                }
            }
            assertThat(missingByYear(series)).as(region).isEqualTo(expected);
        }
        assertThat(List.of(springs, autumnsWithoutTheHours, wholeAutumns)).containsExactly(126, 82, 40);
    }

    /** Until 2013 the files leave out the label of both hours. */
    private static boolean isLost(ZoneOffsetTransition change) {
        return change.isOverlap() && change.getDateTimeBefore().getYear() <= 2013;
    }

    private static List<Boolean> presentAround(ZoneOffsetTransition change, HourlySeries series) {
        int at = (int) (EpochHour.containing(change.getInstant()) - series.firstEpochHour());
        return IntStream.range(at - 3, at + 3).mapToObj(series::isPresent).toList();
    }

    private static Map<Integer, Integer> missingByYear(HourlySeries series) {
        Map<Integer, Integer> missing = new TreeMap<>();
        for (int i = 0; i < series.hours(); i++) {
            if (!series.isPresent(i)) {
                int year = EpochHour.start(series.epochHour(i)).atZone(NEW_YORK).getYear();
                missing.merge(year, 1, Integer::sum);
            }
        }
        return missing;
    }

    /** The changes of clocks that lie in the series. */
    private static List<ZoneOffsetTransition> changesWithin(HourlySeries series) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        Instant end = EpochHour.start(series.epochHour(series.hours()));
        ZoneOffsetTransition change = NEW_YORK.getRules().nextTransition(EpochHour.start(series.firstEpochHour()));
        while (change.getInstant().isBefore(end)) {
            changes.add(change);
            change = NEW_YORK.getRules().nextTransition(change.getInstant());
        }
        return changes;
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
