package io.loadcast.monitoring;

import io.loadcast.streaming.Counters;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** The {@link Counters} as Prometheus has them: read when it asks, so that counting costs nothing more. Thread-safe. */
public final class CountedEvents implements MultiCollector {
    private static final String READINGS = "readings";
    private static final String METER_READINGS = "meter-readings";
    private static final String OUTCOME = "outcome";
    private static final String REJECTED = "rejected";

    private final Counters counters;

    public CountedEvents(Counters counters) {
        this.counters = counters;
    }

    @Override
    public MetricSnapshots collect() {
        Families families = new Families();
        counters.snapshot().forEach(families::take);
        return families.snapshots();
    }

    /** Of one scrape. */
    private static final class Families {
        private final Family readings =
                new Family("loadcast_readings", "Records of the readings topic, by what became of them.");
        private final Family meterReadings =
                new Family("loadcast_meter_readings", "Records of the meter readings topic, by what became of them.");
        private final Family meteredHours =
                new Family("loadcast_metered_hours", "Hours of regions summed over their meters, by their fate.");
        private final Family meters =
                new Family("loadcast_meters_changed", "Meters that became known or are forgotten.");
        private final Family deadLetters = new Family("loadcast_dead_letters", "Dead letters, by input and reason.");
        private final Family suspects = new Family("loadcast_suspects", "Loads that are odd, by why.");
        private final Family forecasts = new Family("loadcast_forecasts", "Forecasts issued, by quality.");
        private final Family methods = new Family(
                "loadcast_forecasts_by_method", "Forecasts issued, by what made them: the model, or which rung.");
        private final Family fallbacks =
                new Family("loadcast_fallbacks", "Forecasts that are not the model's, by why.");
        private final Family reissues =
                new Family("loadcast_forecasts_reissued", "Forecasts issued again, since their input has changed.");
        private final Family withheld =
                new Family("loadcast_forecasts_withheld", "Forecasts that could not be made, by why.");
        private final Family alerts = new Family("loadcast_alerts", "Alert records, by kind and change.");
        private final Family challengers =
                new Family("loadcast_challengers", "What became of challengers: scores, windows lost, promotions.");
        private final Family others = new Family("loadcast_events", "Whatever else is counted, by its name.");

        void take(String name, long count) {
            int dot = name.indexOf('.');
            String rest = name.substring(dot + 1);
            switch (dot < 0 ? name : name.substring(0, dot)) {
                case "reading" -> readings.add(count, OUTCOME, rest);
                case REJECTED -> {
                    readings.add(count, OUTCOME, REJECTED);
                    deadLetters.add(count, "input", READINGS, "reason", rest);
                }
                // It was counted as held when it came.
                case "held" -> deadLetters.add(count, "input", READINGS, "reason", "unconfirmed");
                case "meter-reading" -> takeMeterReading(rest, count);
                case "metered-hour" -> meteredHours.add(count, "fate", rest);
                case "meter" -> meters.add(count, "change", rest);
                case "suspect" -> suspects.add(count, "kind", rest);
                case "forecast" -> takeForecast(rest, count);
                case "alert" -> {
                    int change = rest.lastIndexOf('.');
                    alerts.add(count, "kind", rest.substring(0, change), "change", rest.substring(change + 1));
                }
                case "challenger" -> challengers.add(count, "event", rest);
                default -> others.add(count, "event", name);
            }
        }

        private void takeMeterReading(String outcome, long count) {
            if (outcome.startsWith(REJECTED + ".")) {
                meterReadings.add(count, OUTCOME, REJECTED);
                String reason = outcome.substring(REJECTED.length() + 1);
                deadLetters.add(count, "input", METER_READINGS, "reason", reason);
            } else {
                meterReadings.add(count, OUTCOME, outcome);
            }
        }

        private void takeForecast(String what, long count) {
            int dot = what.indexOf('.');
            String rest = what.substring(dot + 1);
            switch (dot < 0 ? what : what.substring(0, dot)) {
                case "withheld" -> withheld.add(count, "reason", rest);
                case "method" -> methods.add(count, "method", rest);
                case "fallback" -> takeFallback(dot < 0, rest, count);
                case "reissued" -> reissues.add(count);
                case "issued" -> {} // the sum over the qualities
                default -> forecasts.add(count, "quality", what);
            }
        }

        /** As a quality it has no cause behind it. */
        private void takeFallback(boolean isQuality, String name, long count) {
            if (isQuality) {
                forecasts.add(count, "quality", name);
            } else {
                fallbacks.add(count, "cause", name);
            }
        }

        MetricSnapshots snapshots() {
            return MetricSnapshots.of(
                    readings.counter(),
                    meterReadings.counter(),
                    meteredHours.counter(),
                    meters.counter(),
                    deadLetters.counter(),
                    suspects.counter(),
                    forecasts.counter(),
                    methods.counter(),
                    fallbacks.counter(),
                    reissues.counter(),
                    withheld.counter(),
                    alerts.counter(),
                    challengers.counter(),
                    others.counter());
        }
    }
}
