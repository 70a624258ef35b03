package io.loadcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.RegionSplits;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import io.loadcast.zoo.LinearForecast;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** What training fits tables to must be what serving looks up in them. */
    @ParameterizedTest
    @CsvSource({
        "America/New_York,    2024-03-09T12:00:00Z",
        "America/New_York,    2024-11-02T12:00:00Z",
        "Europe/Berlin,       2024-03-30T12:00:00Z",
        "Europe/Berlin,       2024-10-26T12:00:00Z",
        "Australia/Melbourne, 2024-10-05T00:00:00Z",
        "Australia/Melbourne, 2024-04-06T00:00:00Z",
        "Australia/Lord_Howe, 2024-10-05T00:00:00Z",
        "Australia/Lord_Howe, 2024-04-06T00:00:00Z",
        "Asia/Kolkata,        2024-03-09T12:00:00Z",
        "Asia/Kathmandu,      2024-03-09T12:00:00Z",
    })
    void theHourOfTheWeekIsThatOfTheCalendarFeaturesAcrossAChangeOfClocks(String zone, Instant from) {
        // given
        CivilCalendar civil = CivilCalendar.withoutHolidays(ZoneId.of(zone));
        long first = EpochHour.containing(from);
        FloatBuffer features = FloatBuffer.allocate(2 * 48);
        new Calendar(civil, List.of(CalendarFeature.DAY_OF_WEEK, CalendarFeature.HOUR_OF_DAY))
                .append(first, 48, features);

        // when
        byte[] hours = RidgeFit.hoursOfWeek(new HourlySeries(new Region("made"), civil, first, new float[48]));

        // then
        for (int i = 0; i < 48; i++) {
            assertThat((int) hours[i]).as("hour %d", i).isEqualTo((byte)
                    (24 * features.get(2 * i) + features.get(2 * i + 1)));
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
