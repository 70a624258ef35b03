package io.loadcast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.cli.ModelFilesOptions.Chosen;
import io.loadcast.dataset.HourlyCsv;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.forecasting.WindowBatch;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.replay.Replay;
import io.loadcast.replay.ReplayedHistory;
import io.loadcast.training.TrainingTime;
import io.loadcast.training.evaluation.ComparedModel;
import io.loadcast.training.evaluation.ComparisonReport;
import io.loadcast.training.evaluation.Evaluation;
import io.loadcast.training.evaluation.ProtocolEvaluation;
import io.loadcast.training.evaluation.Scores;
import io.loadcast.training.evaluation.Throughput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code compare}: models' accuracy, size and speed, side by side. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Sets models beside each other and beside the baselines: errors on the last hours of each file, or on all of a "
                        + "topic, size and speed on one CPU thread.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ok",
            "1:failed",
            "2:wrong usage",
            "130:interrupted; with --from-topic the same command goes on"
        })
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class CompareCommand implements Callable<Integer> {
    /** What a grid of few regions has to forecast at once, and one that would fill a processor. */
    private static final int[] BATCH_SIZES = {1, 32};

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Mixin
    private CsvOptions csvOptions;

    @Mixin
    private ModelFilesOptions models;

    @Mixin
    private ProtocolOptions protocol;

    @Option(names = "--json", description = "Print one JSON document (default: a table).")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE|DIR",
            description = "Also write the table into this Markdown file. With --from-topic: a directory for it, as "
                    + "comparison.md, and for a page with plots, report.html.")
    private @Nullable Path report;

    @Mixin
    private WhatIfOptions whatIf;

    /** Loads of files, or what lies on a topic. */
    private static final class Source {
        @Option(
                names = "--csv",
                required = true,
                paramLabel = "FILE|DIR",
                description = "One region's hourly loads, or a directory of such files.")
        private @Nullable Path csv;

        @Option(
                names = "--from-topic",
                required = true,
                description = "Replay a topic of readings with each of the models, and compare what they publish.")
        private boolean fromTopic;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (source.csv == null) {
            Unfitting.refuse(spec, Unfitting.OF_FILES, "beside --from-topic");
            Unfitting.refuse(spec, List.of("--protocol", "--no-linear"), "beside --from-topic");
        } else {
            Unfitting.refuse(spec, WhatIfOptions.NAMES, "beside --csv");
        }
        Map<String, Chosen> files = models.read();
        return source.csv == null ? replayAndCompare(files) : compareFiles(files, source.csv);
    }

    private int compareFiles(Map<String, Chosen> files, Path csv) {
        ProtocolEvaluation evaluation = protocol.of(HourlyCsv.read(csv, csvOptions.formatOf(csv)));
        files.forEach(
                (name, chosen) -> evaluation.requireRuns(name, chosen.file().manifest()));
        ComparisonReport comparison = withEngines(files, engines -> {
            List<Scores> scores = scores(evaluation, files, engines);
            return compare(evaluation, evaluation.with(scores, protocol.linear()), files, engines, scores);
        });
        print(comparison, 0);
        if (report != null) {
            write(comparison.toMarkdown(), report);
        }
        return 0;
    }

    /** What if history had met other models: replays them all, one after another, over the same records. */
    private int replayAndCompare(Map<String, Chosen> files) throws InterruptedException {
        ReplayLines lines = new ReplayLines("compare", spec.commandLine().getErr());
        Interruption interruption = Interruption.guard();
        List<Replay> replays = new ArrayList<>();
        try {
            if (!whatIf.replayAll(files, replays, lines, interruption::happened)) {
                lines.say("interrupted; the same command goes on from here");
                return 130;
            }
            List<ReplayedHistory> histories =
                    replays.stream().map(Replay::history).toList();
            lines.say("reading the outputs");
            ProtocolEvaluation evaluation = PublishedEvaluation.of(histories, CivilCalendar.UTC);
            List<String> names = List.copyOf(files.keySet());
            List<Scores> scores = new ArrayList<>();
            for (int m = 0; m < names.size(); m++) {
                scores.add(PublishedEvaluation.scores(evaluation, names.get(m), histories.get(m)));
            }
            Evaluation scored = evaluation.with(scores, false);
            long warmUpHours = histories.get(0).warmUpHours();
            if (scored.windows() == 0) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no forecast to score"
                                + (warmUpHours == 0
                                        ? ""
                                        : ": what was replayed is no longer than the warm-up of " + warmUpHours
                                                + " hours; give an earlier --from or a later --to."));
            }
            if (warmUpHours > 0) {
                lines.say(PublishedEvaluation.warmUpSentence(warmUpHours));
            }
            ComparisonReport comparison =
                    withEngines(files, engines -> compare(evaluation, scored, files, engines, scores));
            replays.get(0).survey().missing().forEach(sentence -> lines.say("MISSING: " + sentence));
            print(comparison, warmUpHours);
            if (report != null) {
                PublishedEvaluation.write(scored, report, lines);
                write(comparison.toMarkdown(), report.resolve("comparison.md"));
            }
            return 0;
        } finally {
            replays.forEach(Replay::close);
            interruption.handled();
        }
    }

    private static ComparisonReport withEngines(
            Map<String, Chosen> files, Function<List<OnnxForecastEngine>, ComparisonReport> comparison) {
        List<OnnxForecastEngine> engines = new ArrayList<>();
        try {
            files.values()
                    .forEach(chosen ->
                            engines.add(OnnxForecastEngine.open(chosen.file(), new EngineOptions(Device.CPU, 1))));
            return comparison.apply(engines);
        } finally {
            engines.forEach(OnnxForecastEngine::close);
        }
    }

    private void print(ComparisonReport comparison, long warmUpHours) {
        String text;
        if (json) {
            ObjectNode document = comparison.toJson();
            if (source.fromTopic) {
                document.put("warm_up_hours", warmUpHours);
            }
            text = document.toPrettyString();
        } else {
            text = comparison.toTable();
        }
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }

    private static void write(String markdown, Path file) {
        try {
            Files.writeString(file, markdown);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report to " + file + ": " + e.getMessage(), e);
        }
    }

    private List<Scores> scores(
            ProtocolEvaluation evaluation, Map<String, Chosen> files, List<OnnxForecastEngine> engines) {
        PrintWriter err = spec.commandLine().getErr();
        List<String> names = List.copyOf(files.keySet());
        List<Scores> scores = new ArrayList<>();
        for (int m = 0; m < engines.size(); m++) {
            err.printf("scores %s (%d of %d)%n", names.get(m), m + 1, engines.size());
            err.flush();
            scores.add(evaluation.score(names.get(m), engines.get(m)));
        }
        return scores;
    }

    private ComparisonReport compare(
            ProtocolEvaluation evaluation,
            Evaluation scored,
            Map<String, Chosen> files,
            List<OnnxForecastEngine> engines,
            List<Scores> scores) {
        spec.commandLine().getErr().println("measures speed");
        List<Chosen> inOrder = List.copyOf(files.values());
        List<SortedMap<Integer, Double>> speeds = speeds(evaluation, engines);
        List<ComparedModel> compared = new ArrayList<>();
        for (int m = 0; m < engines.size(); m++) {
            ModelFile file = inOrder.get(m).file();
            compared.add(new ComparedModel(
                    scores.get(m),
                    file.manifest().architecture(),
                    file.parameters(),
                    file.sizeBytes(),
                    trainingSeconds(inOrder.get(m)),
                    speeds.get(m)));
        }
        return new ComparisonReport(scored, compared);
    }

    private static List<SortedMap<Integer, Double>> speeds(
            ProtocolEvaluation evaluation, List<OnnxForecastEngine> engines) {
        List<SortedMap<Integer, Double>> speeds = new ArrayList<>();
        engines.forEach(engine -> speeds.add(new TreeMap<>()));
        for (int size : BATCH_SIZES) {
            List<WindowBatch> batches = engines.stream()
                    .map(engine -> evaluation.sample(engine.manifest(), size))
                    .toList();
            double[] rates = new Throughput().windowsPerSecond(engines, batches);
            for (int m = 0; m < rates.length; m++) {
                speeds.get(m).put(size, rates[m]);
            }
        }
        return speeds;
    }

    /** Null if nothing beside the file says it. */
    private static @Nullable Double trainingSeconds(Chosen chosen) {
        return Optional.ofNullable(chosen.path())
                .flatMap(TrainingTime::secondsOf)
                .orElse(null);
    }
}
