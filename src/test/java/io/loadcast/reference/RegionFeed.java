package io.loadcast.reference;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The meters of one region: loads that rise and fall by day, and every way in which such a feed goes wrong. */
final class RegionFeed {
    private static final long FIRST_HOUR = 262_968; // 2000-01-01
    /** Of the readings that could be odd, how many are: clean feeds, middling ones, dirty ones. */
    private static final double[] DIRT = {0.05, 0.25, 1};

    private static final int[] JUMPS = {25, 26, 30, 48, 49, 100, 138, 139, 140, 169, 400};

    private final Region region;
    private final ReferenceRegion expected;
    private final Rules rules;
    private final Random random;

    /** Of the region's true clock: the next hour that will be read. */
    private long next;

    private final double dirt;
    private double level;
    private int equalLoads;
    private double newestLoad;

    RegionFeed(Region region, ReferenceRegion expected, Rules rules, Random random) {
        this.rules = rules;
        this.region = region;
        this.expected = expected;
        this.random = random;
        this.next = FIRST_HOUR + random.nextInt(1000);
        this.dirt = DIRT[random.nextInt(DIRT.length)];
        this.level = random.nextInt(5) == 0 ? 4 + random.nextInt(20) : 50 + random.nextInt(3000);
        this.newestLoad = level;
    }

    /** A reading of the kind; one of the next hour if the region is not in a state for it, or its feed is a clean one. */
    Reading reading(ReadingKind kind) {
        long clock = expected.newest() == null ? next - 1 : expected.newest();
        ReadingKind made = random.nextDouble() < dirt ? kind : ReadingKind.NEXT;
        return switch (made) {
            case SHORT_GAP -> skip(1 + random.nextInt(random.nextInt(4) == 0 ? 10 : 6));
            case LONG_GAP ->
                skip(rules.maxJumpHours() - (random.nextBoolean() ? 1 : random.nextInt(rules.maxJumpHours())));
            case CONFIRMED_JUMP -> jump(JUMPS[random.nextInt(JUMPS.length)]);
            case BAD_CLOCK -> of(clock + badJump(), usual(clock));
            case HELD_AGAIN -> again(expected.held());
            case LATE -> late(clock);
            case REPEATED -> known(clock, 0);
            case CORRECTED -> known(clock, 1 + 0.01 * (random.nextInt(21) - 10));
            case NEWEST_CORRECTED -> corrected(clock, 1 + 0.02 * (1 + random.nextInt(10)));
            case CORRECTED_TO_SUSPECT -> known(clock, random.nextBoolean() ? Double.NaN : 20);
            case TOO_LATE -> of(clock - 139 - (random.nextBoolean() ? 0 : random.nextInt(3000)), usual(clock));
            case ZERO -> next(0);
            case SPIKE -> next(random.nextBoolean() ? usual(next) * 25 : usual(next) / 25);
            case NEARLY_SPIKE ->
                next(usual(next)
                        * (random.nextBoolean() ? rules.spikeFactor() : 1.0 / rules.spikeFactor())
                        * (0.8 + 0.4 * random.nextDouble()));
            case FLATLINE -> flatline();
            case NEW_LEVEL -> newLevel();
            case NEW_REGION_WITH_BAD_CLOCK -> of(next + badJump() - (random.nextBoolean() ? 0 : 200_000), usual(next));
            default -> next(usual(next));
        };
    }

    private Reading next(double loadMw) {
        if (equalLoads > 0) {
            equalLoads--;
            return of(next++, newestLoad);
        }
        Reading reading = of(next++, loadMw);
        if (loadMw > 0) {
            newestLoad = reading.loadMw();
        }
        return reading;
    }

    private Reading skip(int hours) {
        next += hours;
        return next(usual(next));
    }

    private Reading jump(int hours) {
        next += hours - 1;
        if (random.nextBoolean()) {
            return next(usual(next));
        }
        // The older of the two comes second.
        Reading ahead = of(next + 1 + random.nextInt(24), usual(next));
        return ahead;
    }

    /** At the bound of what is believed, and beyond it. */
    private long badJump() {
        return switch (random.nextInt(4)) {
            case 0 -> rules.maxJumpHours() + 1;
            case 1 -> rules.maxJumpHours() + 2 + random.nextInt(24);
            default -> rules.maxJumpHours() + 2 + random.nextInt(20_000);
        };
    }

    private Reading again(@Nullable Reading held) {
        if (held == null) {
            return next(usual(next));
        }
        int bound = rules.maxJumpHours() + random.nextInt(2);
        return switch (random.nextInt(4)) {
            case 0 -> held;
            case 1 -> of(held.epochHour(), held.loadMw() * 1.1 + 1);
            case 2 -> of(held.epochHour() + bound, usual(next));
            default -> of(held.epochHour() - bound, usual(next));
        };
    }

    private Reading late(long clock) {
        List<Long> missing = LongStream.rangeClosed(clock - 138, clock)
                .filter(hour -> expected.read(hour) == null)
                .boxed()
                .toList();
        if (missing.isEmpty() || expected.newest() == null) {
            return next(usual(next));
        }
        int index = random.nextBoolean()
                ? missing.size() - 1 - random.nextInt(Math.min(4, missing.size()))
                : random.nextInt(missing.size());
        long hour = missing.get(index);
        return of(hour, random.nextInt(20) == 0 ? 0 : usual(hour));
    }

    /** @param factor 0 for the same load, NaN for 0 */
    private Reading known(long clock, double factor) {
        long hour = clock - (random.nextBoolean() ? random.nextInt(10) : random.nextInt(139));
        return corrected(hour, factor);
    }

    private Reading corrected(long hour, double factor) {
        Double known = expected.read(hour);
        if (known == null) {
            return next(usual(next));
        }
        if (factor == 0) {
            return of(hour, known);
        }
        // A suspect load is put right as often as not.
        double from = known == 0 || random.nextBoolean() ? usual(hour) : known;
        return of(hour, Double.isNaN(factor) ? 0 : from * factor);
    }

    private Reading flatline() {
        equalLoads = 3 + random.nextInt(8);
        return next(newestLoad);
    }

    private Reading newLevel() {
        level = level > 200 ? level / 15 : level * 15;
        return next(usual(next));
    }

    private double usual(long hour) {
        return level * (1 + 0.3 * Math.sin(hour * Math.PI / 12)) * (0.97 + 0.06 * random.nextDouble());
    }

    private Reading of(long hour, double loadMw) {
        double scale = level < 30 ? 1000 : 10;
        return new Reading(region, EpochHour.start(hour), Math.round(loadMw * scale) / scale);
    }
}
