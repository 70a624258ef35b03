package io.loadcast.training.evaluation;

/**
 * The load of 168 hours before, the seasonal naive forecast of a week. It reaches further back than the lookback, so serving cannot
 * give it; it has no forecast of an hour for which there is no such load, and imputes none.
 */
record WeeklyNaive() implements BaselineForecast {
    @Override
    public String name() {
        return "seasonal-naive-168h";
    }

    @Override
    public float[] forecastMw(TestWindow window) {
        return window.weekBeforeMw();
    }
}
