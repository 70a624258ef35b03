package io.loadcast.training;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.zoo.LinearPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where trained weights come from, as a manifest tells it: data files with their checksums, civil calendars, split, settings, sizes, and the versions
 * of what did the work. The same run gives the same text: nothing in it comes from a clock or a path.
 */
public final class Provenance {
    private static final String CIVIL_CALENDAR = "civil_calendar";
    private static final String VERSIONS = "/versions.properties";

    private Provenance() {}

    /**
     * Everything by name, in the order of the names.
     *
     * @param series that it was trained on
     */
    public static Map<String, String> of(TrainedNetwork trained, List<HourlySeries> series, TrainingSettings settings) {
        Map<String, String> named = new TreeMap<>(trained.architecture().sizes().named());
        named.put("parameters", Long.toString(trained.weights().count()));
        if (trained.architecture().newNetwork().learns()) {
            named.putAll(settings.named());
            named.put("optimizer", "AdamW");
            named.put("best_epoch", Integer.toString(trained.epoch()));
        } else {
            named.put("optimizer", "none: fitted in closed form");
            named.put("ridge", Double.toString(settings.ridge()));
        }
        named.put("seed", Long.toString(settings.seed()));
        if (trained.architecture().newNetwork() instanceof LinearPart) {
            named.put("start", "ridge regression per hour of the week");
        } else {
            named.put("start", "random weights");
            named.remove("ridge");
        }
        if (trained.architecture().scaledByRegion()) {
            named.put(
                    "scaling",
                    "min-max per region by Tribuo's LinearScalingTransformation, fitted to the training hours");
        }
        if (!trained.knownRegions().isEmpty()) {
            named.put(
                    "calibration_of_the_median",
                    "bias of each known region by hour of the week, from the training hours; "
                            + "share towards the last day by lead time, from the validation hours");
        }
        named.put("calibration", "interval_scale from the validation hours, each region alike");
        named.put(
                "split",
                "per region in time: last tenth of the article's windows for test, "
                        + Math.round(100 * settings.validationShare()) + " % of the hours before it for validation");
        putData(named, series);
        putVersions(named);
        return named;
    }

    private static void putData(Map<String, String> named, List<HourlySeries> series) {
        long first =
                series.stream().mapToLong(HourlySeries::firstEpochHour).min().orElseThrow();
        long last = series.stream().mapToLong(Provenance::lastHour).max().orElseThrow();
        named.put("regions", series.stream().map(one -> one.region().name()).collect(Collectors.joining(", ")));
        named.put("period", period(first, last));
        putCalendars(named, series);
        for (HourlySeries one : series) {
            String file = one.source()
                    .map(source -> source.name() + ", " + source.rows() + " rows, sha256 " + source.sha256() + ", ")
                    .orElse("");
            named.put(
                    "data_" + one.region().name(),
                    file + one.presentHours() + " hours, " + period(one.firstEpochHour(), lastHour(one)));
        }
    }

    /** Whoever serves the model should give its regions the same. */
    private static void putCalendars(Map<String, String> named, List<HourlySeries> series) {
        Set<CivilCalendar> calendars =
                series.stream().map(HourlySeries::civilCalendar).collect(Collectors.toSet());
        if (calendars.size() == 1) {
            named.put(CIVIL_CALENDAR, told(calendars.iterator().next()));
        } else {
            series.forEach(one -> named.put(CIVIL_CALENDAR + "_" + one.region().name(), told(one.civilCalendar())));
        }
    }

    private static String told(CivilCalendar calendar) {
        return "zone " + calendar.zone().getId() + ", holidays "
                + calendar.holidays().code();
    }

    private static long lastHour(HourlySeries series) {
        return series.epochHour(series.hours() - 1);
    }

    private static String period(long first, long last) {
        return EpochHour.start(first) + " to " + EpochHour.start(last);
    }

    private static void putVersions(Map<String, String> named) {
        Properties versions = new Properties();
        try (InputStream resource = Objects.requireNonNull(Provenance.class.getResourceAsStream(VERSIONS), VERSIONS)) {
            versions.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        versions.stringPropertyNames().forEach(name -> named.put("version_" + name, versions.getProperty(name)));
    }
}
