package io.loadcast.feed;

import io.loadcast.domain.EpochHour;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;

/**
 * One imaginary region: its size, its habits and its houses, drawn at random but within what is usual for real ones.
 *
 * <p>load = size · profile(local time)^swing · (1 + Δ heating + Δ cooling) · noise. Heating and cooling grow linearly beyond 12 and
 * 19 °C, and Δ is what the weather adds to what is usual for the hour, which the profile has already. Noise is a first-order
 * autoregressive process.
 */
final class SyntheticRegion {
    private static final double HEATING_BELOW_CELSIUS = 12;
    private static final double COOLING_ABOVE_CELSIUS = 19;
    private static final double OWN_WEATHER_SHARE = 0.35;
    private static final double NOISE_MEMORY = 0.85;
    private static final int HOTTEST_DAY_OF_YEAR = 205;
    private static final int HOTTEST_HOUR = 15;

    private final Random random;
    private final ZoneId zone;
    private final double sizeMw;
    private final double swing;
    private final double heatingPerCelsius;
    private final double coolingPerCelsius;
    private final double meanCelsius;
    private final double noise;

    SyntheticRegion(Random random, ZoneId zone) {
        this.random = random;
        this.zone = zone;
        this.sizeMw =
                500 * StrictMath.pow(40, random.nextDouble()); // 500 to 20,000 MW, small ones as likely as large ones
        this.swing = between(0.8, 1.2);
        this.heatingPerCelsius = between(0.005, 0.015);
        this.coolingPerCelsius = between(0.010, 0.030);
        this.meanCelsius = between(9, 15);
        this.noise = between(0.008, 0.014);
    }

    /** Loads in MW from the first hour on, one per hour of shared weather. */
    float[] loadsMw(long firstEpochHour, float[] sharedWeather) {
        float[] ownWeather = new Weather(random).anomaliesCelsius(sharedWeather.length);
        float[] loadsMw = new float[sharedWeather.length];
        double deviation = 0;
        for (int i = 0; i < loadsMw.length; i++) {
            ZonedDateTime local = EpochHour.start(firstEpochHour + i).atZone(zone);
            double weather = (1 - OWN_WEATHER_SHARE) * sharedWeather[i] + OWN_WEATHER_SHARE * ownWeather[i];
            double usual = usualCelsius(local);
            double added = conditioning(usual + weather) - conditioning(usual);
            deviation = NOISE_MEMORY * deviation
                    + Math.sqrt(1 - NOISE_MEMORY * NOISE_MEMORY) * noise * random.nextGaussian();
            loadsMw[i] =
                    rounded(sizeMw * StrictMath.pow(DailyProfile.at(local), swing) * (1 + added) * (1 + deviation));
        }
        return loadsMw;
    }

    private double usualCelsius(ZonedDateTime local) {
        double season = StrictMath.cos(2 * Math.PI * (local.getDayOfYear() - HOTTEST_DAY_OF_YEAR) / 365.25);
        double hour = StrictMath.cos(2 * Math.PI * (local.getHour() - HOTTEST_HOUR) / 24.0);
        return meanCelsius + 11 * season + 5 * hour;
    }

    private double conditioning(double celsius) {
        return heatingPerCelsius * Math.max(0, HEATING_BELOW_CELSIUS - celsius)
                + coolingPerCelsius * Math.max(0, celsius - COOLING_ABOVE_CELSIUS);
    }

    private static float rounded(double loadMw) {
        return (float) (Math.round(loadMw * 10) / 10.0);
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
