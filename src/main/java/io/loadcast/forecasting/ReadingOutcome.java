package io.loadcast.forecasting;

/** What a reading was to its region's state: the rows of the decision table in {@code docs/topics.md}. */
public enum ReadingOutcome {
    /** The region's first reading: held until a second one confirms its clock. */
    FIRST,
    /** Further ahead than is believed of one clock: held until the next reading confirms it. */
    UNCONFIRMED,
    /** The hour after the newest: the ordinary case. */
    NEXT,
    /** Newer than the hour after the newest: accepted, the hours between are missing. */
    GAP,
    /** Fills a missing hour: kept and scored; the newest forecast is issued again if it would be another. */
    LATE,
    /** Same hour, same load: nothing happens. */
    DUPLICATE,
    /** Same hour, other load: replaces the load; scored again, and the newest forecast issued again if it would be another. */
    CORRECTION,
    /** Older than all that the state keeps: a dead letter. */
    TOO_LATE;

    /** Whether a reading of this outcome enters the region's loads at once. */
    boolean isAccepted() {
        return this == NEXT || this == GAP || this == LATE || this == CORRECTION;
    }
}
