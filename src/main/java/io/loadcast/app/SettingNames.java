package io.loadcast.app;

import io.micronaut.context.env.PropertySource;
import io.micronaut.core.convert.ConversionService;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names of all {@code loadcast.*} settings. The container ignores a name that it does not know and a number that it cannot read;
 * whoever wrote it would never learn. Names that come from the environment are not checked: it has {@code LOADCAST_…} variables
 * that are no settings.
 */
final class SettingNames {
    private static final String PREFIX = "loadcast.";
    private static final Set<String> TEXTS = Set.of(
            "model",
            "device",
            "default-zone",
            "default-holidays",
            "topics.readings",
            "topics.forecasts",
            "topics.accuracy",
            "topics.alerts",
            "topics.dead-letters",
            "topics.meter-readings",
            "topics.models",
            "meters.missing",
            "http.host",
            "challengers.promotion");
    private static final Set<String> NUMBERS = Set.of(
            "max-jump-hours",
            "backlog-hours",
            "imputation.max-run-hours",
            "suspect.spike-factor",
            "suspect.flatline-hours",
            "forecast.batch-size",
            "meters.keep-hours",
            "http.port",
            "http.history-hours",
            "http.history-memory-mb",
            "http.max-body-kb",
            "http.readings-per-second",
            "http.stream-clients",
            "metrics.regions",
            "challengers.max",
            "challengers.hours",
            "topics.partitions",
            "topics.replication-factor");
    private static final Set<String> DURATIONS =
            Set.of("forecast.linger", "forecast.timeout", "meters.grace", "meters.forget-after");
    private static final Set<String> SWITCHES = Set.of("meters.enabled", "follow-models", "http.enabled");
    private static final Set<String> SHARES =
            Set.of("imputation.max-share", "meters.min-completeness", "challengers.margin");
    private static final Set<String> LISTS_OF_NUMBERS = Set.of("accuracy.lead-hours");
    private static final String FORMER = "max-imputed-hours";
    private static final String REGIONS = "regions.";

    /** Checked with their values, by {@link io.loadcast.alerting.AlertSettings}. */
    private static final String ALERTS = "alerts.";

    private SettingNames() {}

    /**
     * @param source settings of any prefix
     * @throws InvalidSettingException if a name is unknown, or a number, a duration or a switch is none
     */
    static void check(PropertySource source) {
        for (String key : source) {
            if (key.startsWith(PREFIX)) {
                check(key.substring(PREFIX.length()), source.get(key));
            }
        }
    }

    private static void check(String name, @Nullable Object value) {
        if (name.equals(FORMER)) {
            throw new InvalidSettingException("setting loadcast." + FORMER + " is no more; set"
                    + " loadcast.imputation.max-run-hours, the missing hours in a row that are imputed at most (6), and"
                    + " loadcast.imputation.max-share, the share of the lookback (0.1)");
        }
        if (NUMBERS.contains(name)) {
            requireNumber(name, String.valueOf(value));
        } else if (SHARES.contains(name)) {
            requireShare(name, String.valueOf(value));
        } else if (DURATIONS.contains(name)) {
            requireDuration(name, value);
        } else if (SWITCHES.contains(name)) {
            requireSwitch(name, String.valueOf(value));
        } else if (LISTS_OF_NUMBERS.contains(name)) {
            elements(value).forEach(element -> requireNumber(name, element));
        } else if (!TEXTS.contains(name) && !name.startsWith(REGIONS) && !name.startsWith(ALERTS)) {
            Set<String> known = new TreeSet<>(TEXTS);
            known.addAll(NUMBERS);
            known.addAll(SHARES);
            known.addAll(DURATIONS);
            known.addAll(SWITCHES);
            known.addAll(LISTS_OF_NUMBERS);
            throw new InvalidSettingException("setting loadcast." + name + " is unknown; known are " + known
                    + " and regions.NAME.zone, regions.NAME.holidays, and alerts.…");
        }
    }

    /** Of a list, as a file has it, or of a text with commas. */
    private static List<String> elements(@Nullable Object value) {
        Collection<?> elements = value instanceof Collection<?> list
                ? list
                : List.of(String.valueOf(value).split(","));
        return elements.stream().map(element -> String.valueOf(element).strip()).toList();
    }

    private static void requireDuration(String name, @Nullable Object value) {
        if (ConversionService.SHARED.convert(value, Duration.class).isEmpty()) {
            throw new InvalidSettingException(
                    "setting loadcast." + name + " is '" + value + "'; write a number and its unit, such as 5ms");
        }
    }

    private static void requireSwitch(String name, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new InvalidSettingException("setting loadcast." + name + " is '" + value + "'; write true or false");
        }
    }

    private static void requireShare(String name, String value) {
        try {
            Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(
                    "setting loadcast." + name + " is '" + value + "'; write a share from 0 to 1, such as 0.1", e);
        }
    }

    private static void requireNumber(String name, String value) {
        try {
            Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(
                    "setting loadcast." + name + " is '" + value + "'; write a whole number", e);
        }
    }
}
