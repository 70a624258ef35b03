package io.loadcast.app;

import io.loadcast.domain.LookbackWindow;
import io.loadcast.domain.RegionZones;
import io.loadcast.streaming.Topics;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.naming.conventions.StringConvention;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code loadcast.*} settings.
 *
 * @param model path of the model file, or {@code shipped}
 * @param device {@code auto}, {@code cpu} or {@code cuda}
 * @param defaultZone IANA zone of regions that name none
 * @param regions {@code REGION.zone}: the IANA zone of a region that differs
 * @param maxImputedHours hours of a lookback that may be imputed before its forecast is withheld
 * @param backlogHours hours that the state keeps beyond the lookback
 * @param topics names and shape of the topics
 */
@ConfigurationProperties("loadcast")
public record LoadcastSettings(
        @Bindable(defaultValue = "shipped") String model,
        @Bindable(defaultValue = "auto") String device,
        @Bindable(defaultValue = "UTC") String defaultZone,

        @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
        Map<String, String> regions,

        @Bindable(defaultValue = "" + LookbackWindow.DEFAULT_MAX_IMPUTED_HOURS)
        int maxImputedHours,

        @Bindable(defaultValue = "24") int backlogHours,
        TopicSettings topics) {

    private static final String ZONE = ".zone";

    /** @throws IllegalArgumentException if a number is out of range */
    public LoadcastSettings {
        requireAtLeast("max-imputed-hours", maxImputedHours, 0);
        requireAtLeast("backlog-hours", backlogHours, 1);
        requireAtLeast("topics.partitions", topics.partitions(), 1);
    }

    private static void requireAtLeast(String setting, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("setting loadcast." + setting + " is " + value + "; at least " + least);
        }
    }

    /**
     * The {@code loadcast.topics.*} settings.
     *
     * @param partitions of topics that loadcast creates
     * @param replicationFactor of topics that loadcast creates; absent for the broker's default
     */
    @ConfigurationProperties("topics")
    public record TopicSettings(
            @Bindable(defaultValue = "loadcast.readings.v1") String readings,

            @Bindable(defaultValue = "loadcast.forecasts.v1")
            String forecasts,

            @Bindable(defaultValue = "loadcast.accuracy.v1") String accuracy,

            @Bindable(defaultValue = "loadcast.dead-letters.v1")
            String deadLetters,

            @Bindable(defaultValue = "6") int partitions,
            Optional<Short> replicationFactor) {

        public Topics names() {
            return new Topics(readings, forecasts, accuracy, deadLetters);
        }
    }

    /** @throws IllegalArgumentException if a zone is not an IANA zone */
    public RegionZones zones() {
        Map<String, ZoneId> byRegion = new HashMap<>();
        regions.forEach((setting, value) -> {
            if (!setting.endsWith(ZONE)) {
                throw new IllegalArgumentException("loadcast.regions." + setting
                        + " is no setting; a region has a zone: loadcast.regions.NAME.zone");
            }
            byRegion.put(
                    setting.substring(0, setting.length() - ZONE.length()), zone("loadcast.regions." + setting, value));
        });
        return new RegionZones(byRegion, zone("loadcast.default-zone", defaultZone));
    }

    private static ZoneId zone(String setting, String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    setting + " is '" + zone + "', which is no time zone; use an IANA name such as America/New_York",
                    e);
        }
    }
}
