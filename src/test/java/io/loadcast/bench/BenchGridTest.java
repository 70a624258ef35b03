package io.loadcast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.dataset.HourlySeries;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchGridTest {

    @Test
    void anyNumberOfRegionsHasLoadsOfItsOwnThatEndBehindTheWallClock() {
        // when
        List<HourlySeries> series = BenchGrid.series(2_500, 30);

        // then
        assertThat(series).hasSize(2_500);
        assertThat(series.stream().map(HourlySeries::region).distinct()).hasSize(2_500);
        assertThat(series).allSatisfy(one -> {
            assertThat(one.presentHours()).isEqualTo(30);
            assertThat((one.epochHour(29) + 1) * 3600)
                    .isLessThanOrEqualTo(Instant.now().getEpochSecond());
        });
        assertThat(series.get(1_007).loadMw(0)).isGreaterThan(series.get(7).loadMw(0));
    }
}
