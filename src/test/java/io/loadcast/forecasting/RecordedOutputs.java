package io.loadcast.forecasting;

import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps what comes out. */
final class RecordedOutputs implements ForecastOutputs {
    final List<PointScore> scores = new ArrayList<>();
    final List<Forecast> forecasts = new ArrayList<>();
    final List<Withheld> withheld = new ArrayList<>();
    final List<Alert> alerts = new ArrayList<>();
    final List<Suspicion> suspicions = new ArrayList<>();
    final List<Reading> unconfirmed = new ArrayList<>();

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
                "forecast at " + forecast.issueHour() + " revision " + forecast.revision() + " " + forecast.method()
                        + " " + forecast.reason() + " "
                        + List.of(text(forecast.p10Mw()), text(forecast.p50Mw()), text(forecast.p90Mw())));
    }

    @Override
    public void withheld(Region region, Withheld reason) {
        withheld.add(reason);
        record(region, "withheld " + reason);
    }

    @Override
    public void alert(Alert alert) {
        alerts.add(alert);
        record(
                Objects.requireNonNull(alert.region()),
                alert.id() + " cleared " + alert.clearedHour() + " " + alert.message()
                        + new TreeMap<>(alert.evidence()));
    }

    // What is told while a reading is taken comes before or after what a flush tells: it is recorded apart.

    @Override
    public void suspect(Region region, Suspicion suspicion) {
        suspicions.add(suspicion);
        record(new Region(region + " taking"), suspicion.toString());
    }

    @Override
    public void unconfirmed(Reading held, @Nullable Long newestReadingHour) {
        unconfirmed.add(held);
        record(new Region(held.region() + " taking"), held + " unconfirmed at " + newestReadingHour);
    }

    /** What there is to come out. */
    static final Set<String> EVERY_KIND = Set.of(
            "ok",
            "imputed",
            "fallback",
            "hour-of-week",
            "ratio",
            "last-value",
            "re-issued",
            "scored again",
            "alert raised",
            "alert cleared",
            "unconfirmed",
            "zero",
            "spike");

    /** Of {@link #EVERY_KIND}, what came out. */
    Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        for (Forecast forecast : forecasts) {
            kinds.add(kebab(forecast.quality()));
            kinds.add(forecast.method().key());
            if (forecast.revision() > 0) {
                kinds.add("re-issued");
            }
        }
        scores.stream().filter(score -> score.revision() > 0).forEach(score -> kinds.add("scored again"));
        alerts.forEach(alert -> kinds.add(alert.clearedHour() == null ? "alert raised" : "alert cleared"));
        unconfirmed.forEach(held -> kinds.add("unconfirmed"));
        suspicions.forEach(suspicion -> kinds.add(kebab(suspicion)));
        withheld.forEach(reason -> kinds.add(kebab(reason)));
        return kinds;
    }

    private static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void clear() {
        alerts.clear();
        suspicions.clear();
        unconfirmed.clear();
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
