package io.loadcast.forecasting;

import io.loadcast.domain.Reading;

/**
 * What becomes of a reading: the decision table of {@code docs/topics.md}, as a pure function of the region's state. Whether its load is
 * suspect is no part of it; that is judged when the load is taken, which may be later.
 *
 * @param outcome what the reading is to the state
 * @param held what becomes of the reading that the state holds until it is confirmed, if any
 */
record ReadingDecision(ReadingOutcome outcome, Held held) {

    /** What becomes of the held reading. */
    enum Held {
        /** Nothing: there is none, or this reading says nothing of it. */
        UNTOUCHED,
        /** This reading is held from now on; none was. */
        BEGUN,
        /** It has this reading's load from now on. */
        CORRECTED,
        /** Both are taken, the older first. */
        CONFIRMED,
        /** It is refused: the region's clock has gone on without it. */
        REFUSED,
        /** It is refused, and this reading is held in its place. */
        REPLACED
    }

    /** Decides; changes nothing. */
    static ReadingDecision of(RegionState state, Reading reading, int maxJumpHours) {
        long hour = reading.epochHour();
        if (state.isEmpty() || hour > state.newestReadingHour() + maxJumpHours) {
            return ofUnconnected(state, reading, maxJumpHours);
        }
        if (hour > state.newestReadingHour()) {
            boolean isNext = hour == state.newestReadingHour() + 1;
            return taken(state, isNext ? ReadingOutcome.NEXT : ReadingOutcome.GAP);
        }
        if (!state.ring().isKept(hour)) {
            return new ReadingDecision(ReadingOutcome.TOO_LATE, Held.UNTOUCHED);
        }
        float known = state.loadMw(hour);
        if (Float.isNaN(known)) {
            return taken(state, ReadingOutcome.LATE);
        }
        return known == (float) reading.loadMw()
                ? new ReadingDecision(ReadingOutcome.DUPLICATE, Held.UNTOUCHED)
                : taken(state, ReadingOutcome.CORRECTION);
    }

    private static ReadingDecision taken(RegionState state, ReadingOutcome outcome) {
        return new ReadingDecision(outcome, state.isHolding() ? Held.REFUSED : Held.UNTOUCHED);
    }

    /** It is the first of its region, or too far ahead of the newest: one clock says so, and one clock may be wrong. */
    private static ReadingDecision ofUnconnected(RegionState state, Reading reading, int maxJumpHours) {
        if (!state.isHolding()) {
            ReadingOutcome outcome = state.isEmpty() ? ReadingOutcome.FIRST : ReadingOutcome.UNCONFIRMED;
            return new ReadingDecision(outcome, Held.BEGUN);
        }
        long ahead = reading.epochHour() - state.heldHour();
        if (ahead == 0) {
            return state.heldMw() == (float) reading.loadMw()
                    ? new ReadingDecision(ReadingOutcome.DUPLICATE, Held.UNTOUCHED)
                    : new ReadingDecision(ReadingOutcome.CORRECTION, Held.CORRECTED);
        }
        if (Math.abs(ahead) > maxJumpHours) {
            return new ReadingDecision(ReadingOutcome.UNCONFIRMED, Held.REPLACED);
        }
        if (ahead < 0) {
            return new ReadingDecision(ReadingOutcome.LATE, Held.CONFIRMED);
        }
        return new ReadingDecision(ahead == 1 ? ReadingOutcome.NEXT : ReadingOutcome.GAP, Held.CONFIRMED);
    }
}
