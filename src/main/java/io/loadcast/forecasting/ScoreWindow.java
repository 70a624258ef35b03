package io.loadcast.forecasting;

/** The spans over which a running score is kept, counted back from the newest hour that was forecast. */
public enum ScoreWindow {
    LAST_24_HOURS(24),
    LAST_168_HOURS(168),
    ALL(Integer.MAX_VALUE);

    static final int COUNT = values().length;

    private final int hours;

    ScoreWindow(int hours) {
        this.hours = hours;
    }

    public int hours() {
        return hours;
    }

    boolean isBounded() {
        return this != ALL;
    }
}
