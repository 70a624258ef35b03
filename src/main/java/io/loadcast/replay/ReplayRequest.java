package io.loadcast.replay;

import io.loadcast.app.DecisiveSettings;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.streaming.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is to be replayed, and where to.
 *
 * @param kafka Kafka client properties, {@code bootstrap.servers} at least
 * @param topic the readings
 * @param from the earliest valid time
 * @param before the first valid time that is too late
 * @param regions by name; empty for all
 * @param outSuffix what the names of its output topics end in; empty if it writes into those of live
 * @param finalValues whether the last load of each hour is replayed, in order of time, and not all that was read as it was read
 * @param series loads to be replayed in place of the topic's; {@code topic} only names them then
 * @param deadLetters where live has put what it refused
 * @param settings of loadcast and of Kafka Streams
 * @param configuration a file of settings
 */
public record ReplayRequest(
        Map<String, String> kafka,
        String topic,
        Optional<Instant> from,
        Optional<Instant> before,
        Set<String> regions,
        Optional<String> outSuffix,
        boolean finalValues,
        Optional<List<HourlySeries>> series,
        String deadLetters,
        Map<String, Object> settings,
        Optional<Path> configuration) {
    private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final String IN_PLACE = "in-place";

    /** An option's name. */
    static final String FROM = "--from";

    /** Settings that change how forecasts are made, and not which. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "loadcast.model", // compared by its SHA-256
            "loadcast.device",
            "loadcast.forecast.batch-size",
            "loadcast.forecast.linger",
            "loadcast.forecast.timeout",
            "loadcast.topics.replication-factor");

    /** @throws ReplayRequestException if one of them makes no sense, or two together */
    public ReplayRequest {
        kafka = Map.copyOf(kafka);
        regions = new TreeSet<>(regions);
        settings = Map.copyOf(settings);
        outSuffix.ifPresent(suffix -> {
            if (!SUFFIX.matcher(suffix).matches() || suffix.equals(IN_PLACE)) {
                throw new ReplayRequestException(
                        "suffix '" + suffix + "' makes no name of a topic; give 1 to 100 letters,"
                                + " digits, dots, underscores and hyphens");
            }
        });
        if (outSuffix.isEmpty() && (finalValues || series.isPresent())) {
            throw new ReplayRequestException("live has published other forecasts of these hours than final values make:"
                    + " they do not go into its topics; give --out-suffix in place of --in-place");
        }
        requirePeriod(from, before);
    }

    static void requirePeriod(Optional<Instant> from, Optional<Instant> before) {
        if (from.isPresent() && before.isPresent() && !from.get().isBefore(before.get())) {
            throw new ReplayRequestException("--from " + from.get() + " is not before --to " + before.get()
                    + ", so that nothing lies between; give an earlier --from or a later --to");
        }
    }

    /** Under what its offsets, its state and its plan are kept. */
    public String applicationId() {
        return "loadcast-replay-" + outSuffix.orElse(IN_PLACE);
    }

    /** Whether it reads a topic of its own, which is filled first. */
    boolean isDerived() {
        return finalValues || series.isPresent();
    }

    /** The readings that the topology reads. */
    String source() {
        return isDerived() ? suffixed(Topics.DEFAULT.readings()) : topic;
    }

    private String suffixed(String name) {
        return name + "." + outSuffix.orElseThrow();
    }

    /** Of its output topics; empty if they are those of live, of which the settings say the names. */
    Optional<Topics> topics() {
        Topics live = Topics.DEFAULT;
        return outSuffix.map(suffix -> new Topics(
                source(),
                suffixed(live.forecasts()),
                suffixed(live.accuracy()),
                suffixed(live.alerts()),
                suffixed(live.deadLetters()),
                live.meterReadings(),
                live.models()));
    }

    /** Where alerts go in place of live's topic. */
    private static String alertsBesideLive() {
        return Topics.DEFAULT.alerts() + "." + IN_PLACE;
    }

    /** The topics that it writes to and that are not live's. */
    List<String> ownOutputs() {
        return topics().map(Topics::outputs).orElseGet(() -> List.of(alertsBesideLive()));
    }

    /** The settings of its server. */
    Map<String, Object> serverSettings(int partitions) {
        Map<String, Object> all = new HashMap<>(settings);
        kafka.forEach((key, value) -> all.put("kafka." + key, value));
        all.put("kafka.streams.default.application.id", applicationId());
        all.put("loadcast.topics.partitions", partitions);
        all.put("loadcast.topics.readings", source());
        all.put("loadcast.follow-models", false); // a replay is of one model
        all.put("loadcast.challengers.promotion", "off");
        all.put("loadcast.http.enabled", false);
        all.put("loadcast.meters.enabled", false); // what came of meters lies on the readings topic
        topics().ifPresent(topics -> {
            all.put("loadcast.topics.forecasts", topics.forecasts());
            all.put("loadcast.topics.accuracy", topics.accuracy());
            all.put("loadcast.topics.alerts", topics.alerts());
            all.put("loadcast.topics.dead-letters", topics.deadLetters());
        });
        if (outSuffix.isEmpty()) {
            // Raised by a row of readings that live has not seen so, they would stay active: nobody would clear them.
            all.put("loadcast.topics.alerts", alertsBesideLive());
        }
        return all;
    }

    /**
     * The settings that decide its forecasts.
     *
     * @throws io.loadcast.app.InvalidSettingException if a setting is not valid
     */
    DecisiveSettings decisiveSettings() {
        return DecisiveSettings.of(settings, configuration);
    }

    /** What has to be the same when it goes on. */
    SortedMap<String, String> options(DecisiveSettings decisive) {
        SortedMap<String, String> options = new TreeMap<>();
        options.put("--topic", topic);
        options.put(FROM, from.map(Instant::toString).orElse(ReplayPlan.FROM_THE_BEGINNING));
        options.put("--to", before.map(Instant::toString).orElse("now"));
        options.put("--regions", regions.isEmpty() ? "all" : String.join(",", regions));
        options.put("values", series.isPresent() ? "of files" : finalValues ? "final" : "as read");
        settings.forEach((name, value) -> {
            if (name.startsWith("loadcast.") && !WITHOUT_EFFECT.contains(name)) {
                options.put("--set " + name, String.valueOf(value));
            }
        });
        decisive.values().forEach((name, value) -> options.put("--set " + name, value));
        return options;
    }
}
