package io.loadcast.feed;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * An imaginary electricity grid: regions of different size and habits that share a climate and most of its weather.
 *
 * <p>The same grid gives the same loads for the same first hour and length, on every machine. Loads have a daily, weekly and yearly
 * shape and follow a random temperature through heating and cooling; no holidays. The ratio baseline
 * {@code last · y(t−24)/y(t−25)} scores about 1 % sMAPE on them, somewhat better than on real ones.
 *
 * @param regions how many, 1 to 10,000; they are called {@code SYN_0001}, {@code SYN_0002}, …
 * @param zone civil time that the regions live by
 * @param seed tells one grid from another
 */
public record SyntheticGrid(int regions, ZoneId zone, long seed) {
    private static final int MAX_REGIONS = 10_000;

    /** @throws IllegalArgumentException if the number of regions is out of range */
    public SyntheticGrid {
        if (regions < 1 || regions > MAX_REGIONS) {
            throw new IllegalArgumentException("regions " + regions + " is not in 1 to " + MAX_REGIONS);
        }
    }

    /**
     * The loads of all regions, without gaps.
     *
     * @param end valid time before which they end; keep it behind the wall clock, as brokers refuse records of the future
     * @param hours how many per region, positive
     * @throws IllegalArgumentException if {@code end} is not the start of a UTC hour or {@code hours} not positive
     */
    public List<HourlySeries> seriesBefore(Instant end, int hours) {
        if (!EpochHour.isStartOfHour(end) || hours < 1) {
            throw new IllegalArgumentException(
                    "synthetic loads: end " + end + " must start a UTC hour and hours " + hours + " be positive");
        }
        long first = EpochHour.containing(end) - hours;
        float[] sharedWeather = new Weather(randomOf(0)).anomaliesCelsius(hours);
        return IntStream.rangeClosed(1, regions)
                .mapToObj(number -> series(number, first, sharedWeather))
                .toList();
    }

    private HourlySeries series(int number, long first, float[] sharedWeather) {
        Region region = new Region(String.format(Locale.ROOT, "SYN_%04d", number));
        SyntheticRegion habits = new SyntheticRegion(randomOf(number), zone);
        return new HourlySeries(
                region, CivilCalendar.withoutHolidays(zone), first, habits.loadsMw(first, sharedWeather));
    }

    /** Neighbouring seeds of {@link Random} begin alike, so they are scrambled first. */
    private Random randomOf(int number) {
        return new Random(new SplittableRandom(seed * (MAX_REGIONS + 1) + number).nextLong());
    }
}
