package io.loadcast.reference;

import java.util.Arrays;
import java.util.Random;

/** What a generated record is meant to be. What it is in the end is for the rules to say. */
public enum ReadingKind {
    NEXT(600),
    /** One to six hours are skipped, or a few more. */
    SHORT_GAP(14),
    /** Up to the hours that are believed of one clock. */
    LONG_GAP(4),
    /** Further ahead than that; what follows goes on there. */
    CONFIRMED_JUMP(3),
    /** Further ahead than that, once: what follows goes on where it was. */
    BAD_CLOCK(5),
    /** What is held, again, with the same load or another. */
    HELD_AGAIN(6),
    LATE(45),
    /** A known hour, the same load. */
    REPEATED(30),
    CORRECTED(45),
    /** The hour that was forecast last, another load. */
    NEWEST_CORRECTED(15),
    /** A known hour turns 0, or some times as large. */
    CORRECTED_TO_SUSPECT(8),
    TOO_LATE(10),
    FROM_THE_FUTURE(4),
    ZERO(8),
    SPIKE(8),
    /** A load near the bound of a spike. */
    NEARLY_SPIKE(5),
    /** The next hours have equal loads. */
    FLATLINE(2),
    /** From now on all loads are some times as large. */
    NEW_LEVEL(1),
    /** The first reading of a region that was never read. */
    NEW_REGION(4),
    /** The first reading of one, of a wrong hour. */
    NEW_REGION_WITH_BAD_CLOCK(2),
    MALFORMED(12);

    private static final int TOTAL =
            Arrays.stream(values()).mapToInt(kind -> kind.weight).sum();

    private final int weight;

    ReadingKind(int weight) {
        this.weight = weight;
    }

    static ReadingKind of(Random random) {
        int dice = random.nextInt(TOTAL);
        for (ReadingKind kind : values()) {
            dice -= kind.weight;
            if (dice < 0) {
                return kind;
            }
        }
        throw new AssertionError("the weights do not add up");
    }
}
