package io.loadcast.feed;

import io.loadcast.domain.Meter;
import io.loadcast.domain.MeterReading;
import io.loadcast.domain.MeteringInterval;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Imaginary meters that a region's load is the sum of, to the milliwatt-hour. Most are small and a few are large; a quarter each sends
 * every 5, 15, 30 and 60 minutes. The same for every region and on every machine.
 *
 * @param meters how many in each region, 1 to {@value #MOST}
 */
public record MeterFleet(int meters) {
    private static final int MOST = 1_000_000;
    private static final long SEED = 1;
    private static final int[] CADENCES = {5, 15, 30, 60};
    private static final int HOUR_MINUTES = 60;
    private static final double MILLIWATT_HOURS_PER_MWH = 1e9;

    /** @throws IllegalArgumentException if the number of meters is out of range */
    public MeterFleet {
        if (meters < 1 || meters > MOST) {
            throw new IllegalArgumentException("meters " + meters + " is not in 1 to " + MOST);
        }
    }

    /**
     * What the meters send of this hour, by the end of their metering intervals.
     *
     * @throws IllegalArgumentException if the load is more than so few meters can measure
     */
    public List<MeterReading> split(Reading reading) {
        long total = Math.round(reading.loadMw() * MILLIWATT_HOURS_PER_MWH);
        Random random = new Random(SEED);
        long[] weights = random.ints(meters, 1, 100)
                .mapToLong(weight -> (long) weight * weight)
                .toArray();
        long unit = total / LongStream.of(weights).sum();
        List<MeterReading> readings = new ArrayList<>(meters * 5);
        long left = total;
        for (int i = 0; i < meters; i++) {
            long energy = i == meters - 1 ? left : unit * weights[i];
            left -= energy;
            addHour(reading.region(), i, reading.epochHour() * HOUR_MINUTES, energy, readings);
        }
        readings.sort(Comparator.comparingLong(one -> one.interval().endMinute()));
        return readings;
    }

    private static void addHour(Region region, int number, long startMinute, long energy, List<MeterReading> to) {
        Meter meter = new Meter(String.format(Locale.ROOT, "M%06d", number + 1));
        int minutes = CADENCES[number % CADENCES.length];
        int parts = HOUR_MINUTES / minutes;
        for (int part = 0; part < parts; part++) {
            long partEnergy = part == parts - 1 ? energy - energy / parts * (parts - 1) : energy / parts;
            to.add(new MeterReading(
                    region, meter, new MeteringInterval(startMinute + (long) part * minutes, minutes), partEnergy));
        }
    }
}
