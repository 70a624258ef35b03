package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what comes out. */
final class RecordedOutputs implements ForecastOutputs {
    final List<PointScore> scores = new ArrayList<>();
    final List<Forecast> forecasts = new ArrayList<>();
    final List<Withheld> withheld = new ArrayList<>();

    /** Of each region all that came out, in order and in full, as text that can be compared. */
    final Map<String, List<String>> byRegion = new TreeMap<>();

    @Override
    public void score(Region region, PointScore score) {
        scores.add(score);
        record(region, score.toString());
    }

    @Override
    public void forecast(Forecast forecast) {
        forecasts.add(forecast);
        record(
                forecast.region(),
                "forecast at " + forecast.issueHour() + " " + forecast.quality() + " " + forecast.reason() + " "
                        + List.of(text(forecast.p10Mw()), text(forecast.p50Mw()), text(forecast.p90Mw())));
    }

    @Override
    public void withheld(Region region, Withheld reason) {
        withheld.add(reason);
        record(region, "withheld " + reason);
    }

    void clear() {
        scores.clear();
        forecasts.clear();
        withheld.clear();
        byRegion.clear();
    }

    private void record(Region region, String output) {
        byRegion.computeIfAbsent(region.name(), name -> new ArrayList<>()).add(output);
    }

    private static String text(double[] mw) {
        return Arrays.toString(mw);
    }
}
