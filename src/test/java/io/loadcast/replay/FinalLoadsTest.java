package io.loadcast.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FinalLoadsTest {
    private static final long SEED = 7;

    @Test
    void keepsTheLastLoadOfEachHourInWhateverOrderTheyCome() {
        // given
        Random random = new Random(SEED);
        Map<String, Map<Long, Float>> expected = new HashMap<>();
        FinalLoads loads = new FinalLoads();

        // when
        for (int i = 0; i < 20_000; i++) {
            String region = "R" + random.nextInt(3);
            long hour = 300_000 + random.nextInt(random.nextInt(100) == 0 ? 40_000 : 3_000);
            double mw = random.nextInt(100_000) / 10.0;
            loads.take(new Reading(new Region(region), EpochHour.start(hour), mw));
            expected.computeIfAbsent(region, name -> new HashMap<>()).put(hour, (float) mw);
        }

        // then
        List<HourlySeries> series = loads.series(CivilCalendar.UTC);
        assertThat(series).as("seed " + SEED).hasSize(3);
        for (HourlySeries one : series) {
            Map<Long, Float> found = new HashMap<>();
            for (int i = 0; i < one.hours(); i++) {
                if (one.isPresent(i)) {
                    found.put(one.epochHour(i), one.loadMw(i));
                }
            }
            assertThat(found)
                    .as("seed " + SEED)
                    .isEqualTo(expected.get(one.region().name()));
            assertThat(one.isPresent(0)).isTrue();
            assertThat(one.isPresent(one.hours() - 1)).isTrue();
        }
    }
}
