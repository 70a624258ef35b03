package io.loadcast.cli;

import io.loadcast.app.DecisiveSettings;
import io.loadcast.dataset.HourlyCsv;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.replay.FileCluster;
import io.loadcast.replay.Replay;
import io.loadcast.replay.ReplayRequest;
import io.loadcast.replay.ReplaySummary;
import io.loadcast.streaming.Topics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code loadcast replay}: the topology over a topic of the past, until it has come to its end. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Forecasts what lies on a topic of readings now, into topics of its own, and ends with a summary.",
            "The forecasts are those of live, for the same readings and model. Interrupted or killed, the same command goes on "
                    + "where it was."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed", "2:wrong usage", "130:interrupted; the same command goes on"})
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class ReplayCommand implements Callable<Integer> {
    private static final String DEFAULT_SUFFIX = "replay";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReplayedTopicOptions replayed;

    @Option(
            names = "--csv",
            paramLabel = "FILE|DIR",
            description = "Replay the loads of files, in order of time, without a topic of readings.")
    private @Nullable Path csv;

    @Mixin
    private CsvOptions csvOptions;

    @Option(
            names = "--final-values",
            description = "Replay the last load of each region and hour, in order of time, and not what live saw.")
    private boolean finalValues;

    @Option(
            names = "--dead-letters",
            paramLabel = "NAME",
            description = "Live's dead letters, which tell what live refused as being from the future. "
                    + "Default: as loadcast.topics.dead-letters says, else loadcast.dead-letters.v1.")
    private @Nullable String deadLetters;

    @Option(
            names = "--out-suffix",
            paramLabel = "NAME",
            description = "Outputs go to loadcast.forecasts.v1.NAME and so on. Default: replay.")
    private @Nullable String outSuffix;

    @Option(
            names = "--in-place",
            description =
                    "Outputs go to the topics of live, with the same ce_id as live's; but for alerts, which live has not"
                            + " raised: they go to loadcast.alerts.v1.in-place.")
    private boolean inPlace;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Also write report.html, a page on its own, and its plots as PNG files into this directory.")
    private @Nullable Path report;

    @Option(names = "--json", description = "Print the summary as one JSON document.")
    private boolean json;

    @Mixin
    private ModelOptions model;

    @Override
    public Integer call() throws InterruptedException {
        if (inPlace && outSuffix != null) {
            throw new ParameterException(spec.commandLine(), "Give --out-suffix or --in-place, not both.");
        }
        if (csv == null) {
            Unfitting.refuse(spec, Unfitting.OF_FILES, "without --csv");
        } else {
            Unfitting.refuse(spec, List.of("--topic", "--final-values", "--dead-letters"), "beside --csv");
        }
        Interruption interruption = Interruption.guard();
        try {
            Optional<Map<String, String>> kafka = replayed.kafka();
            if (kafka.isPresent()) {
                return replay(kafka.get(), Map.of(), interruption);
            }
            if (csv == null) {
                throw new ParameterException(spec.commandLine(), "Give --bootstrap-servers, or --csv.");
            }
            try (FileCluster cluster = FileCluster.open()) {
                return replay(
                        cluster.kafka(),
                        Map.of(
                                "kafka.streams.default.state.dir",
                                cluster.stateDirectory().toString()),
                        interruption);
            }
        } finally {
            interruption.handled();
        }
    }

    private int replay(Map<String, String> kafka, Map<String, Object> overrides, Interruption interruption)
            throws InterruptedException {
        ReplayLines lines = new ReplayLines("replay", spec.commandLine().getErr());
        Optional<List<HourlySeries>> series =
                Optional.ofNullable(csv).map(path -> HourlyCsv.read(path, csvOptions.formatOf(path)));
        ReplayRequest request = request(kafka, overrides, series);
        if (replayed.restart()) {
            Replay.forget(request, lines);
        }
        try (Replay replay = Replay.prepare(request, lines)) {
            sayBefore(replay, lines);
            long startNanos = System.nanoTime();
            if (!replay.run(lines, interruption::happened)) {
                lines.say(
                        replayed.kafka().isEmpty()
                                ? "interrupted; what its own broker had is gone, and the same command begins anew"
                                : "interrupted; the same command goes on from here");
                return 130;
            }
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            lines.say("reading the outputs");
            ReplaySummary summary = replay.summary();
            int differing = summary.live().differing().size();
            if (differing > 0) {
                lines.say(
                        "WARNING: " + differing + " of "
                                + summary.live().regions().size()
                                + " regions differ from what live has published; the summary says from when on, and why that may be");
            }
            print(new ReplayReport(summary, values(), lines.processed(), seconds));
            if (report != null) {
                CivilCalendar civil =
                        series.map(all -> all.get(0).civilCalendar()).orElse(CivilCalendar.UTC);
                PublishedEvaluation.write(replay.history(), civil, request.applicationId(), report, lines);
            }
            return 0;
        }
    }

    private void sayBefore(Replay replay, ReplayLines lines) {
        replay.survey().missing().forEach(sentence -> lines.say("MISSING: " + sentence));
        if (finalValues) {
            lines.say("final values: what was late or revised is seen in time here, unlike by live");
        }
        if (inPlace) {
            lines.say("in place: forecasts of the past go to the topics of live, after live's own; alerts do not");
        }
        if (replay.isFinished()) {
            lines.say("this replay is finished; --restart does it anew");
        } else if (replay.isResumed()) {
            lines.say("going on with a replay that was begun before");
        }
    }

    private String values() {
        return csv != null ? "of files" : finalValues ? "final" : "as read";
    }

    private ReplayRequest request(
            Map<String, String> kafka, Map<String, Object> overrides, Optional<List<HourlySeries>> series) {
        Map<String, Object> settings = new HashMap<>();
        // Files say by which civil calendar their regions live; settings may say otherwise.
        series.map(all -> all.get(0).civilCalendar()).ifPresent(civil -> {
            settings.put("loadcast.default-zone", civil.zone().getId());
            settings.put("loadcast.default-holidays", civil.holidays().code());
        });
        settings.putAll(replayed.serving().settings());
        settings.putAll(model.settings());
        settings.putAll(overrides);
        Topics live = DecisiveSettings.of(settings, replayed.serving().configuration())
                .topics();
        return new ReplayRequest(
                kafka,
                csv == null ? replayed.topic(live) : csv.toString(),
                replayed.period().from(),
                replayed.period().before(),
                replayed.period().regions(),
                inPlace ? Optional.empty() : Optional.of(outSuffix == null ? DEFAULT_SUFFIX : outSuffix),
                finalValues,
                series,
                deadLetters == null ? live.deadLetters() : deadLetters,
                settings,
                replayed.serving().configuration());
    }

    private void print(ReplayReport summary) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? summary.toJson() : summary.toText());
        out.flush();
    }
}
