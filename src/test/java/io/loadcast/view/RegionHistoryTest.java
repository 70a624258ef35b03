package io.loadcast.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegionHistoryTest {
    private static final int LEADS = 3;

    @Test
    void keepsTheNewestHoursAndWhatWasForecastForThemWhateverTheOrder() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RegionHistory history = new RegionHistory(72);
        int kept = 72;
        Map<Long, Double> loads = new HashMap<>();
        Map<Long, Double> forecasts = new HashMap<>();
        long newest = 1_000;
        for (int step = 0; step < 5_000; step++) {
            // given
            long hour = newest + random.nextInt(8) - 5 + (random.nextInt(200) == 0 ? 50 : 0);
            double mw = random.nextInt(1_000);

            // when
            if (random.nextBoolean()) {
                history.putLoad(hour, mw);
                put(loads, hour, mw, history, kept);
            } else {
                history.putForecast(
                        hour, new double[] {mw, mw + 1, mw + 2}, new double[] {mw, mw + 1, mw + 2}, new double[] {
                            mw, mw + 1, mw + 2
                        });
                put(forecasts, hour, mw, history, kept);
            }
            if (step == 2_500) {
                kept = 48;
                history.keep(kept);
            }
            newest = history.newest();

            // then
            long oldest = newest - kept + 1;
            loads.keySet().removeIf(known -> known < oldest);
            forecasts.keySet().removeIf(known -> known < oldest);
            assertThat(history.oldest()).isEqualTo(oldest);
            for (long known = oldest; known <= newest; known++) {
                assertThat(history.load(known)).isEqualTo(loads.getOrDefault(known, Double.NaN));
                for (int lead = 1; lead <= LEADS; lead++) {
                    Double expected = forecasts.get(known - lead);
                    float[] actual = history.forecast(known, lead);
                    assertThat(actual == null ? null : (Double) (double) actual[1])
                            .isEqualTo(expected == null ? null : expected + lead - 1);
                }
            }
        }
    }

    private static void put(Map<Long, Double> known, long hour, double mw, RegionHistory history, int kept) {
        if (hour > history.newest() - kept) {
            known.put(hour, mw);
        }
    }

    @Test
    void aLeadTimeBeyondTheHorizonHasNoForecast() {
        RegionHistory history = new RegionHistory(48);
        history.putForecast(10, new double[] {1}, new double[] {2}, new double[] {3});
        history.putLoad(12, 5);

        assertThat(history.forecast(11, 1)).containsExactly(1, 2, 3);
        assertThat(history.forecast(12, 2)).isNull();
    }
}
