package io.loadcast.alerting;

import io.loadcast.domain.Region;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the rules of all regions go by. Immutable. */
public final class AlertSettings {
    private static final String PREFIX = "loadcast.alerts.";
    private static final String REGIONS = "regions.";

    /** Every rule by its defaults. */
    public static final AlertSettings DEFAULT = of(Map.of());

    /** No rule. */
    public static final AlertSettings OFF = of(Arrays.stream(AlertSetting.values())
            .filter(setting -> setting.key().endsWith(".enabled"))
            .collect(Collectors.toMap(AlertSetting::key, setting -> "false")));

    private final Values common;
    private final Map<String, Values> byRegion;
    private final RegionRules commonRules;

    /** A value of each setting. */
    record Values(EnumMap<AlertSetting, Double> values) {
        double number(AlertSetting setting) {
            Double value = values.get(setting);
            return value == null ? setting.byDefault() : value;
        }

        int whole(AlertSetting setting) {
            return (int) number(setting);
        }

        boolean isOn(AlertSetting setting) {
            return number(setting) != 0;
        }

        Values copy() {
            return new Values(new EnumMap<>(values));
        }
    }

    private AlertSettings(Values common, Map<String, Values> byRegion) {
        this.common = common;
        this.byRegion = Map.copyOf(byRegion);
        this.commonRules = RegionRules.of(common);
    }

    /**
     * @param texts values by the names below {@code loadcast.alerts.}: {@code outside-interval.hours}, and {@code
     *     regions.NAME.outside-interval.hours} where a region differs
     * @throws IllegalArgumentException if a name is unknown or a value out of range; the message has the whole name
     */
    public static AlertSettings of(Map<String, String> texts) {
        Values common = new Values(new EnumMap<>(AlertSetting.class));
        texts.forEach((name, text) -> {
            if (!name.startsWith(REGIONS)) {
                put(common, name, setting(name, name), text);
            }
        });
        Map<String, Values> byRegion = new HashMap<>();
        texts.forEach((name, text) -> {
            if (name.startsWith(REGIONS)) {
                AlertSetting setting = settingAtTheEndOf(name);
                // A region's name may have dots too.
                String region = name.substring(
                        REGIONS.length(), name.length() - setting.key().length() - 1);
                put(byRegion.computeIfAbsent(region, of -> common.copy()), name, setting, text);
            }
        });
        byRegion.values().forEach(AlertSettings::requireInOrder);
        requireInOrder(common);
        return new AlertSettings(common, byRegion);
    }

    private static void put(Values values, String name, AlertSetting setting, String text) {
        try {
            values.values().put(setting, setting.parse(text.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("setting " + PREFIX + name + " is " + e.getMessage(), e);
        }
    }

    private static void requireInOrder(Values values) {
        double beyond = values.number(AlertSetting.OUTSIDE_INTERVAL_BEYOND);
        double far = values.number(AlertSetting.OUTSIDE_INTERVAL_FAR);
        if (far < beyond) {
            throw new IllegalArgumentException("setting " + PREFIX + "outside-interval.far is " + far
                    + "; at least outside-interval.beyond, " + beyond);
        }
    }

    private static AlertSetting setting(String key, String name) {
        for (AlertSetting setting : AlertSetting.values()) {
            if (setting.key().equals(key)) {
                return setting;
            }
        }
        throw unknown(name);
    }

    private static AlertSetting settingAtTheEndOf(String name) {
        for (AlertSetting setting : AlertSetting.values()) {
            if (name.endsWith("." + setting.key())
                    && name.length() > REGIONS.length() + setting.key().length() + 1) {
                if (!setting.isOfARegion()) {
                    throw new IllegalArgumentException(
                            "setting " + PREFIX + name + " is of no region; set " + PREFIX + setting.key());
                }
                return setting;
            }
        }
        throw unknown(name);
    }

    private static IllegalArgumentException unknown(String name) {
        String known =
                Arrays.stream(AlertSetting.values()).map(AlertSetting::key).collect(Collectors.joining(", "));
        return new IllegalArgumentException("setting " + PREFIX + name + " is unknown; known are " + known
                + "; of a region regions.NAME. and one of them");
    }

    /**
     * What to tell whoever scores forecasts at other lead times than rules look at: those rules see nothing.
     *
     * @param scored lead times, in hours
     */
    public Optional<String> unscored(Collection<Integer> scored) {
        Map<String, Integer> blind = new TreeMap<>();
        if (common.isOn(AlertSetting.OUTSIDE_INTERVAL_ENABLED) && !scored.contains(OutsideInterval.LEAD_HOURS)) {
            blind.put("outside-interval", OutsideInterval.LEAD_HOURS);
        }
        int drift = common.whole(AlertSetting.MODEL_DRIFT_LEAD_HOURS);
        if (common.isOn(AlertSetting.MODEL_DRIFT_ENABLED) && !scored.contains(drift)) {
            blind.put("model-drift", drift);
        }
        int coverage = common.whole(AlertSetting.COVERAGE_LOST_LEAD_HOURS);
        if (common.isOn(AlertSetting.COVERAGE_LOST_ENABLED) && !scored.contains(coverage)) {
            blind.put("coverage-lost", coverage);
        }
        return blind.isEmpty()
                ? Optional.empty()
                : Optional.of("no alerts of these kinds, as forecasts are not scored at the lead times that they look"
                        + " at, in hours: " + blind + "; add them to loadcast.accuracy.lead-hours, or switch the rules"
                        + " off");
    }

    RegionRules rulesOf(Region region) {
        Values own = byRegion.get(region.name());
        return own == null ? commonRules : RegionRules.of(own);
    }

    FeedClocks clocks() {
        return new FeedClocks(
                common.whole(AlertSetting.FEED_SILENT_REGIONS), common.number(AlertSetting.FEED_SILENT_SHARE));
    }

    DeadLetterShare.Rule deadLetters() {
        return new DeadLetterShare.Rule(
                common.isOn(AlertSetting.DEAD_LETTERS_ENABLED),
                common.whole(AlertSetting.DEAD_LETTERS_RECORDS),
                common.number(AlertSetting.DEAD_LETTERS_SHARE));
    }

    /** The fewest hours behind the front that any region is taken for silent at. */
    int fewestSilentHours() {
        int fewest = common.whole(AlertSetting.FEED_SILENT_HOURS);
        for (Values own : byRegion.values()) {
            fewest = Math.min(fewest, own.whole(AlertSetting.FEED_SILENT_HOURS));
        }
        return fewest;
    }
}
