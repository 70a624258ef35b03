package io.loadcast.forecasting;

/** What one region's newest hours were forecast and read as, day by day, in a store: where running scores find their terms again. */
public interface ScoreHistory {
    /** How far back it reaches, at least. */
    int HOURS = 168;

    /** Days that it keeps: those that the newest {@value #HOURS} hours may lie in. */
    int DAYS = HOURS / 24 + 1;

    /** What is kept of the day; nothing is known of it if it lies further back than the history reaches. */
    ScoredDay of(int day);

    /** Keeps a day, in place of the one {@value #DAYS} days before it. */
    void put(ScoredDay day);
}
