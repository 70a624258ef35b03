package io.loadcast.forecasting;

import org.jspecify.annotations.Nullable;

/** The scores of one region's newest {@value #HOURS} hours, in a store: where running scores find what leaves their window. */
public interface ScoreHistory {
    /** How far back it reaches, at least. */
    int HOURS = 168;

    /** What was scored at the hour; null if nothing was, or if it lies further back than the history reaches. */
    @Nullable
    HourScores at(long hour);

    /** Keeps the scores of an hour, in place of those {@value #HOURS} hours before it. */
    void put(HourScores scores);
}
