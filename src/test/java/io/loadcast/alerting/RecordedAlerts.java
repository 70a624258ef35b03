package io.loadcast.alerting;

import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.ForecastOutputs;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.Suspicion;
import io.loadcast.forecasting.Withheld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps the alerts that come out, and counts the rest. */
final class RecordedAlerts implements ForecastOutputs {
    final List<Alert> alerts = new ArrayList<>();

    /** Of each region and kind, in order and in full. */
    final Map<String, List<String>> byRegionAndKind = new TreeMap<>();

    int others;

    List<Alert> of(AlertKind kind) {
        return alerts.stream().filter(alert -> alert.kind() == kind).toList();
    }

    @Override
    public void alert(Alert alert) {
        alerts.add(alert);
        byRegionAndKind
                .computeIfAbsent(alert.region() + " " + alert.kind(), key -> new ArrayList<>())
                .add(alert.id() + " cleared " + alert.clearedHour() + " " + alert.message() + " "
                        + new TreeMap<>(alert.evidence()));
    }

    @Override
    public void score(Region region, PointScore score) {
        others++;
    }

    @Override
    public void forecast(Forecast forecast) {
        others++;
    }

    @Override
    public void withheld(Region region, Withheld reason) {
        others++;
    }

    @Override
    public void suspect(Region region, Suspicion suspicion) {
        others++;
    }

    @Override
    public void unconfirmed(Reading held, @Nullable Long newestReadingHour) {
        others++;
    }
}
