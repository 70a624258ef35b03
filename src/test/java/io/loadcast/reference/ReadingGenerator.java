package io.loadcast.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random records of regions that are read in turns, by a seed: the same seed makes the same records. It looks at what the rules
 * have made of a region so far, to aim at what they tell apart. Not thread-safe.
 */
public final class ReadingGenerator {
    private static final int FIRST_REGIONS = 6;
    /** So many are read in turns; of a region that is followed by so many new ones nothing more comes. */
    private static final int REGIONS = 16;

    private final Rules rules;
    private final Random random;
    private final Map<String, ReferenceRegion> expected = new HashMap<>();
    private final List<RegionFeed> feeds = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private int turn;
    private int turnsLeft;

    public ReadingGenerator(long seed, Rules rules) {
        this.rules = rules;
        this.random = new Random(seed);
        for (int i = 0; i < FIRST_REGIONS; i++) {
            addRegion();
        }
    }

    /** What the rules say of a region. */
    public ReferenceRegion region(String name) {
        return expected.get(name);
    }

    private void addRegion() {
        String name = "R" + expected.size();
        ReferenceRegion region = new ReferenceRegion(name, rules);
        expected.put(name, region);
        names.add(name);
        feeds.add(new RegionFeed(new Region(name), region, rules, random));
        if (feeds.size() > REGIONS) {
            feeds.remove(0);
            names.remove(0);
        }
    }

    /** The next record; the caller lets {@link #region} take its reading before it asks for another. */
    public GeneratedRecord next() {
        if (turnsLeft-- <= 0) {
            turn = random.nextInt(feeds.size());
            // A region that catches up comes with more hours than a state has room for.
            turnsLeft = random.nextInt(random.nextInt(20) == 0 ? 150 : 8);
        }
        ReadingKind kind = ReadingKind.of(random);
        if (kind == ReadingKind.NEW_REGION || kind == ReadingKind.NEW_REGION_WITH_BAD_CLOCK) {
            if (expected.size() < REGIONS || random.nextInt(20) == 0) {
                addRegion();
                turn = feeds.size() - 1;
            } else {
                kind = ReadingKind.NEXT;
            }
        }
        turn = Math.min(turn, feeds.size() - 1);
        String region = names.get(turn);
        if (kind == ReadingKind.MALFORMED) {
            return malformed(region);
        }
        if (kind == ReadingKind.FROM_THE_FUTURE) {
            return refused(kind, region, text(region, "2100-01-01T00:00:00Z", "100.0"), "from-the-future");
        }
        Reading reading = feeds.get(turn).reading(kind);
        return new GeneratedRecord(kind, region, region.getBytes(UTF_8), json(reading), reading, null);
    }

    private byte[] json(Reading reading) {
        String time = reading.validTime().toString();
        if (random.nextInt(10) == 0) {
            time = reading.validTime()
                    .atOffset(ZoneOffset.ofHoursMinutes(5, 30))
                    .toString();
        }
        return text(reading.region().name(), time, String.valueOf(reading.loadMw()))
                .getBytes(UTF_8);
    }

    private static String text(String region, String time, String load) {
        return "{\"region\":\"" + region + "\",\"valid_time\":\"" + time + "\",\"load_mw\":" + load + "}";
    }

    private static GeneratedRecord refused(ReadingKind kind, String region, String value, String reason) {
        return new GeneratedRecord(kind, region, region.getBytes(UTF_8), value.getBytes(UTF_8), null, reason);
    }

    private GeneratedRecord malformed(String region) {
        ReadingKind kind = ReadingKind.MALFORMED;
        byte[] key = region.getBytes(UTF_8);
        String time = "2001-01-01T00:00:00Z";
        return switch (random.nextInt(11)) {
            case 0 -> new GeneratedRecord(kind, region, key, null, null, "null-value");
            case 1 -> refused(kind, region, "\"" + "x".repeat(70_000) + "\"", "too-large");
            case 2 -> new GeneratedRecord(kind, region, key, new byte[] {'"', (byte) 0xff, '"'}, null, "not-utf-8");
            case 3 -> refused(kind, region, text(region, time, "1") + "}", "not-json");
            case 4 -> refused(kind, region, "{\"region\":\"" + region + "\",\"load_mw\":1}", "missing-field");
            case 5 -> refused(kind, region, text(region, time, "\"many\""), "wrong-type");
            case 6 -> refused(kind, region, text(" ", time, "1"), "bad-region");
            case 7 -> refused(kind, region, text(region + "x", time, "1"), "key-mismatch");
            case 8 -> refused(kind, region, text(region, "yesterday", "1"), "bad-time");
            case 9 -> refused(kind, region, text(region, "2001-01-01T00:30:00Z", "1"), "not-whole-hour");
            default -> refused(kind, region, text(region, time, "-1"), "bad-load");
        };
    }
}
