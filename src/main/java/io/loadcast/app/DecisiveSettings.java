package io.loadcast.app;

import io.loadcast.streaming.Topics;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings that decide which forecasts come of given readings and a given model, as they are in force: those that nobody has set too.
 * Immutable.
 *
 * @param values by name, {@code loadcast.default-zone} and so on
 * @param topics the names by these settings
 */
public record DecisiveSettings(SortedMap<String, String> values, Topics topics) {
    private static final String NO_HOLIDAYS = "none";

    /**
     * What these settings come to. Nothing is started but the container that reads them, for as long as that takes.
     *
     * @param settings as {@link LoadcastServer#start} takes them
     * @param configuration as {@link LoadcastServer#start} takes it
     * @throws InvalidSettingException if any setting is not valid, whether or not it decides forecasts
     * @throws IllegalArgumentException if the configuration file cannot be read
     */
    public static DecisiveSettings of(Map<String, Object> settings, Optional<Path> configuration) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("kafka.enabled", false);
        var builder = LoadcastServer.contextOf(all, configuration);
        try (ApplicationContext context = builder.start()) {
            return of(context.getBean(LoadcastSettings.class));
        } catch (RuntimeException e) {
            throw StartFailure.ofContext(e);
        }
    }

    private static DecisiveSettings of(LoadcastSettings settings) {
        settings.civilCalendars(); // refuses zones and holidays that are none
        SortedMap<String, Object> values = new TreeMap<>();
        values.put("default-zone", settings.defaultZone());
        values.put("default-holidays", settings.defaultHolidays().orElse(NO_HOLIDAYS));
        settings.regions().forEach((name, value) -> values.put("regions." + name, value));
        values.put("imputation.max-run-hours", settings.imputation().maxRunHours());
        values.put("imputation.max-share", settings.imputation().maxShare());
        values.put("max-jump-hours", settings.maxJumpHours());
        values.put("backlog-hours", settings.backlogHours());
        values.put("suspect.spike-factor", settings.suspect().spikeFactor());
        values.put("suspect.flatline-hours", settings.suspect().flatlineHours());
        // The fallback is chosen by running scores.
        values.put("accuracy.lead-hours", settings.accuracy().scoredLeads());
        SortedMap<String, String> named = new TreeMap<>();
        values.forEach((name, value) -> named.put("loadcast." + name, value.toString()));
        return new DecisiveSettings(named, settings.topics().names());
    }
}
