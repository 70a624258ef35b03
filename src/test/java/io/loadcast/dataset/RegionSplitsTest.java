package io.loadcast.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RegionSplitsTest {
    private static final int HOURS = 114;

    @Test
    void noHourThatValidatesOneRegionTrainsAnother() {
        // given: the early region ends when the late one is in the middle of its training
        HourlySeries early = series("early", 400_000, 3000);
        HourlySeries late = series("late", 401_000, 4000);
        ChronologicalSplit validated = ChronologicalSplit.of(early, 0.05);
        long from = early.epochHour(validated.validationFrom());
        long to = early.epochHour(validated.testFrom());

        // when
        List<HourWindow> windows = new RegionSplits(List.of(early, late), 0.05).training(HOURS, 1, () -> 0);

        // then
        List<HourWindow> ofLate =
                windows.stream().filter(window -> window.series() == late).toList();
        assertThat(ofLate)
                .noneMatch(window -> window.endEpochHour() > from && window.firstEpochHour() < to)
                .anyMatch(window -> window.endEpochHour() == from)
                .anyMatch(window -> window.firstEpochHour() == to);
    }

    @Test
    void everyRegionTrainsAndValidates() {
        // given
        RegionSplits splits = new RegionSplits(List.of(series("A", 400_000, 3000), series("B", 400_000, 3000)), 0.1);

        // then
        assertThat(regions(splits.training(HOURS, 17, () -> 3))).containsExactlyInAnyOrder("A", "B");
        assertThat(regions(splits.validation(HOURS, 74, 17))).containsExactlyInAnyOrder("A", "B");
    }

    private static List<String> regions(List<HourWindow> windows) {
        return windows.stream()
                .map(window -> window.series().region().name())
                .distinct()
                .collect(Collectors.toList());
    }

    private static HourlySeries series(String region, long firstEpochHour, int hours) {
        float[] loadMw = new float[hours];
        Arrays.fill(loadMw, 1000);
        return new HourlySeries(new Region(region), CivilCalendar.UTC, firstEpochHour, loadMw);
    }
}
