package io.loadcast.training;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import java.util.Random;

/** Loads with the daily and weekly shape of real ones, and noise. */
public final class MadeSeries {
    private MadeSeries() {}

    public static HourlySeries of(String region, int hours, long seed) {
        Random random = new Random(seed);
        float[] loadMw = new float[hours];
        double noise = 0;
        for (int t = 0; t < hours; t++) {
            noise = 0.9 * noise + 0.005 * random.nextGaussian();
            double day = 0.2 * Math.sin(2 * Math.PI * (t % 24 - 9) / 24.0);
            double weekend = t / 24 % 7 >= 5 ? -0.1 : 0;
            loadMw[t] = (float) (2000 * Math.exp(day + weekend + noise));
        }
        return new HourlySeries(new Region(region), CivilCalendar.UTC, 420_000, loadMw);
    }
}
