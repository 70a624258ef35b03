package io.loadcast.forecasting;

/** What a reading was to its region's state: the rows of the decision table in {@code docs/topics.md}. */
public enum ReadingOutcome {
    /** The region's first reading: the warm-up begins. */
    FIRST,
    /** The hour after the newest: the ordinary case. */
    NEXT,
    /** Newer than the hour after the newest: accepted, the hours between are missing. */
    GAP,
    /** Fills a missing hour of the lookback: kept and scored; the forecasts already issued stand. */
    LATE,
    /** Same hour, same load: nothing happens. */
    DUPLICATE,
    /** Same hour, other load: replaces the load for the forecasts to come; forecasts and scores already issued stand. */
    CORRECTION,
    /** Older than all that the state keeps: a dead letter. */
    TOO_LATE
}
