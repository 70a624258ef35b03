package io.loadcast.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.LastValueEngine;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By a clock that only the engines move on. */
class ThroughputTest {
    private static final long MILLIS = 1_000_000;

    private long now;
    private final List<String> calls = new ArrayList<>();

    @Test
    void rateIsTheMedianOfRoundsInWhichTheEnginesTakeTurns() {
        // given: runs of 100 ms and 200 ms, each longer than a turn, of 4 windows
        ForecastEngine quick = engine("quick", 100, Integer.MAX_VALUE);
        ForecastEngine slow = engine("slow", 200, Integer.MAX_VALUE);
        WindowBatch batch = batch(4);

        // when
        double[] rates = new Throughput(() -> now).windowsPerSecond(List.of(quick, slow), List.of(batch, batch));

        // then: 300 ms of warm-up each, then one run a turn
        assertThat(rates[0]).isCloseTo(40, within(1e-9));
        assertThat(rates[1]).isCloseTo(20, within(1e-9));
        assertThat(calls.subList(0, 5)).containsExactly("quick", "quick", "quick", "slow", "slow");
        assertThat(calls.subList(5, calls.size()))
                .hasSize(2 * Throughput.ROUNDS)
                .startsWith("quick", "slow", "quick");
    }

    @Test
    void aFewSlowRoundsDoNotChangeTheRate() {
        // given: the first three runs warm up, and four of the nine that count take ten times as long
        ForecastEngine disturbed = engine("disturbed", 100, 3 + 5);

        // when
        double[] rates = new Throughput(() -> now).windowsPerSecond(List.of(disturbed), List.of(batch(1)));

        // then
        assertThat(rates[0]).isCloseTo(10, within(1e-9));
    }

    @Test
    void sampleFillsABatchLargerThanTheTest() {
        assertThat(batch(500).size()).isEqualTo(500);
    }

    private static WindowBatch batch(int size) {
        float[] loadMw = new float[1000];
        Arrays.fill(loadMw, 100);
        HourlySeries series = new HourlySeries(new Region("A"), CivilCalendar.UTC, 420_000, loadMw);
        try (LastValueEngine any = new LastValueEngine()) {
            return new ProtocolEvaluation(Protocol.ARTICLE, List.of(series)).sample(any.manifest(), size);
        }
    }

    /** Its runs take so many milliseconds, and ten times as many after the first {@code quickRuns}. */
    private ForecastEngine engine(String name, long millis, int quickRuns) {
        return new ForecastEngine() {
            private int runs;

            @Override
            public void run(WindowBatch batch) {
                calls.add(name);
                now += millis * MILLIS * (++runs > quickRuns ? 10 : 1);
            }

            @Override
            public ModelId model() {
                throw new UnsupportedOperationException();
            }

            @Override
            public ModelManifest manifest() {
                throw new UnsupportedOperationException();
            }

            @Override
            public String device() {
                return "cpu";
            }

            @Override
            public void close() {}
        };
    }
}
