package io.loadcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.RegionSplits;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.zoo.LinearForecast;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeFitTest {
    private static final long SEED = 7;
    private static final int LAGS = 3;

    @Test
    void recoversTheCoefficientsThatMadeTheSeries() {
        // given: log y[t+1] = log y[t] + 0.4·z1 − 0.3·z2 + 0.2·z3 + a bias for even hours of the week
        System.out.println("seed " + SEED);
        HourlySeries series = series(new Random(SEED), 168 * 3000);

        // when
        LinearForecast fit = RidgeFit.fit(new RegionSplits(List.of(series), 0.05), LAGS, 1, 1e-6);

        // then
        for (int hourOfWeek = 0; hourOfWeek < LinearForecast.HOURS_OF_WEEK; hourOfWeek++) {
            assertThat(fit.weights()[hourOfWeek * LAGS]).isCloseTo(0.4f, within(0.08f));
            assertThat(fit.weights()[hourOfWeek * LAGS + 1]).isCloseTo(-0.3f, within(0.08f));
            assertThat(fit.weights()[hourOfWeek * LAGS + 2]).isCloseTo(0.2f, within(0.08f));
            assertThat(fit.bias()[hourOfWeek]).isCloseTo(bias(hourOfWeek), within(0.01f));
        }
    }

    private static HourlySeries series(Random random, int hours) {
        double[] logs = new double[hours];
        for (int t = 0; t < hours; t++) {
            if (t <= LAGS) {
                logs[t] = 7 + 0.1 * random.nextGaussian();
                continue;
            }
            double last = logs[t - 1];
            logs[t] = last
                    + 0.4 * (logs[t - 2] - last)
                    - 0.3 * (logs[t - 3] - last)
                    + 0.2 * (logs[t - 4] - last)
                    + bias(hourOfWeek(t))
                    + 0.05 * random.nextGaussian();
        }
        float[] loadMw = new float[hours];
        for (int t = 0; t < hours; t++) {
            loadMw[t] = (float) Math.exp(logs[t]);
        }
        return new HourlySeries(new Region("made"), CivilCalendar.UTC, 0, loadMw);
    }

    /** 1970-01-01 was a Thursday. */
    private static int hourOfWeek(int epochHour) {
        return (epochHour + 72) % 168;
    }

    private static float bias(int hourOfWeek) {
        return hourOfWeek % 2 == 0 ? 0.05f : -0.05f;
    }
}
