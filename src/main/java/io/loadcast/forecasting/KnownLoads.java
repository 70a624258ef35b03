package io.loadcast.forecasting;

/**
 * The loads that a forecast may be made from: those of a ring from one hour up to the hour of issue that are input.
 *
 * @param issueHour nothing newer is known
 * @param oldestHour nothing older is
 */
record KnownLoads(LoadRing ring, long issueHour, long oldestHour) {

    /** What is known at an hour that is due, however many hours have come since. */
    static KnownLoads at(RegionState state, long dueHour) {
        return new KnownLoads(state.ring(), dueHour, dueHour - state.layout().certainHours() + 1);
    }

    /** What was known at an earlier hour, as far as it still is. */
    KnownLoads asOf(long earlierHour) {
        return new KnownLoads(ring, earlierHour, oldestHour);
    }

    /** MW; NaN if it is not known. */
    float mw(long hour) {
        return hour <= issueHour && hour >= oldestHour ? ring.inputMw(hour) : Float.NaN;
    }

    /** Whether a reading of the hour is known, be it input or not. */
    boolean isRead(long hour) {
        return hour <= issueHour && hour >= oldestHour && ring.isRead(hour);
    }

    /** The newest hour up to this one of which a load is known; {@code oldestHour − 1} if there is none. */
    long newestKnown(long upTo) {
        long hour = Math.min(upTo, issueHour);
        while (hour >= oldestHour && Float.isNaN(mw(hour))) {
            hour--;
        }
        return hour;
    }
}
