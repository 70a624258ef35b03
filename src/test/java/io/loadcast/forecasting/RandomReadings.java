package io.loadcast.forecasting;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Readings of three regions in which everything happens that can. */
public final class RandomReadings {
    private RandomReadings() {}

    /**
     * Every kind of reading, of regions that are read in turns of several hours: gaps short and long, jumps that are confirmed and jumps
     * that are not, late readings, repetitions and corrections of young and old hours, zeros, spikes, and loads that do not move.
     */
    public static List<Reading> stream(Random random, long start, int readings) {
        List<Reading> stream = new ArrayList<>();
        long[] newest = new long[3];
        Arrays.fill(newest, start);
        while (stream.size() < readings) {
            int index = random.nextInt(newest.length);
            Region region = new Region("R" + index);
            for (int turn = random.nextInt(8); turn >= 0; turn--) {
                long hour = newest[index] + 1;
                double dice = random.nextDouble();
                boolean isWrongClock = false;
                if (dice < 0.01) {
                    hour += 1 + random.nextInt(random.nextInt(6) == 0 ? 23 : 4);
                } else if (dice < 0.06) {
                    hour = newest[index] - random.nextInt(9);
                } else if (dice < 0.08) {
                    hour = newest[index] - random.nextInt(200);
                } else if (dice < 0.086) {
                    hour += 24 + random.nextInt(250);
                    isWrongClock = random.nextInt(3) > 0;
                }
                if (!isWrongClock) {
                    newest[index] = Math.max(newest[index], hour);
                }
                stream.add(new Reading(region, EpochHour.start(hour), load(random, hour, index, dice < 0.08)));
            }
        }
        return stream;
    }

    /** @param isOld few different loads, so that some repetitions are of the same load */
    private static double load(Random random, long hour, int index, boolean isOld) {
        long course = Math.round(200 * Math.sin(hour * Math.PI / 12));
        double usual = 900 + course + 10 * random.nextInt(isOld ? 2 : 8) + index;
        return switch (random.nextInt(250)) {
            case 0 -> 0;
            case 1 -> usual * 25;
            case 2 -> usual / 25;
            default -> usual;
        };
    }
}
