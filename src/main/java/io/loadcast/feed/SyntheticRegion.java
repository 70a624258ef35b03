package io.loadcast.feed;

import io.loadcast.domain.EpochHour;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;

/**
 * One imaginary region: its size, its habits and its houses, drawn at random but within what is usual for real ones.
 *
 * <p>load = size · activity(local hour, day of week) · (1 + heating + cooling) · noise, where heating and cooling grow linearly
 * beyond 12 and 19 °C, and noise is a first-order autoregressive process.
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
    private final double morningPeak;
    private final double eveningPeak;
    private final double weekend;
    private final double heatingPerCelsius;
    private final double coolingPerCelsius;
    private final double meanCelsius;
    private final double noise;

    SyntheticRegion(Random random, ZoneId zone) {
        this.random = random;
        this.zone = zone;
        this.sizeMw =
                500 * StrictMath.pow(40, random.nextDouble()); // 500 to 20,000 MW, small ones as likely as large ones
        this.morningPeak = between(0.10, 0.20);
        this.eveningPeak = between(0.15, 0.30);
        this.weekend = between(0.86, 0.95);
        this.heatingPerCelsius = between(0.005, 0.015);
        this.coolingPerCelsius = between(0.010, 0.030);
        this.meanCelsius = between(9, 15);
        this.noise = between(0.008, 0.016);
    }

    /** Loads in MW from the first hour on, one per hour of shared weather. */
    float[] loadsMw(long firstEpochHour, float[] sharedWeather) {
        float[] ownWeather = new Weather(random).anomaliesCelsius(sharedWeather.length);
        float[] loadsMw = new float[sharedWeather.length];
        double deviation = 0;
        for (int i = 0; i < loadsMw.length; i++) {
            ZonedDateTime local = EpochHour.start(firstEpochHour + i).atZone(zone);
            double weather = (1 - OWN_WEATHER_SHARE) * sharedWeather[i] + OWN_WEATHER_SHARE * ownWeather[i];
            double celsius = usualCelsius(local) + weather;
            deviation = NOISE_MEMORY * deviation
                    + Math.sqrt(1 - NOISE_MEMORY * NOISE_MEMORY) * noise * random.nextGaussian();
            loadsMw[i] = rounded(sizeMw * activity(local) * (1 + conditioning(celsius)) * (1 + deviation));
        }
        return loadsMw;
    }

    private double usualCelsius(ZonedDateTime local) {
        double season = StrictMath.cos(2 * Math.PI * (local.getDayOfYear() - HOTTEST_DAY_OF_YEAR) / 365.25);
        double hour = StrictMath.cos(2 * Math.PI * (local.getHour() - HOTTEST_HOUR) / 24.0);
        return meanCelsius + 11 * season + 5 * hour;
    }

    /** Share of the region's size that people switch on at this hour: a night valley, a morning and an evening peak. */
    private double activity(ZonedDateTime local) {
        boolean isWeekend = local.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
        double hour = local.getHour();
        double day = 0.18 * StrictMath.cos(2 * Math.PI * (hour - 14.5) / 24);
        double morning = morningPeak * bump(hour, isWeekend ? 10 : 8, 2.5);
        double evening = eveningPeak * bump(hour, 19, 3);
        return (0.8 + day + morning + evening) * (isWeekend ? weekend : 1);
    }

    private double conditioning(double celsius) {
        return heatingPerCelsius * Math.max(0, HEATING_BELOW_CELSIUS - celsius)
                + coolingPerCelsius * Math.max(0, celsius - COOLING_ABOVE_CELSIUS);
    }

    private static double bump(double hour, double centre, double width) {
        double distance = (hour - centre) / width;
        return StrictMath.exp(-distance * distance / 2);
    }

    private static float rounded(double loadMw) {
        return (float) (Math.round(loadMw * 10) / 10.0);
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
