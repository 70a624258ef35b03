package io.loadcast.cli;

import io.loadcast.cli.ModelFilesOptions.Chosen;
import io.loadcast.forecasting.WindowBatch;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code compare}: models' accuracy, size and speed, side by side. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Sets models beside each other and beside the baselines: errors on the last hours of each file, size "
                        + "and speed on one CPU thread.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed", "2:wrong usage"})
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class CompareCommand implements Callable<Integer> {
    /** What a grid of few regions has to forecast at once, and one that would fill a processor. */
    private static final int[] BATCH_SIZES = {1, 32};

    @Spec
    private CommandSpec spec;

    @Mixin
    private SeriesOptions series;

    @Mixin
    private ModelFilesOptions models;

    @Mixin
    private ProtocolOptions protocol;

    @Option(names = "--json", description = "Print one JSON document (default: a table).")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write the table into this Markdown file.")
    private @Nullable Path report;

    @Override
    public Integer call() {
        Map<String, Chosen> files = models.read();
        ProtocolEvaluation evaluation = protocol.of(series.read());
        files.forEach(
                (name, chosen) -> evaluation.requireRuns(name, chosen.file().manifest()));
        List<OnnxForecastEngine> engines = new ArrayList<>();
        ComparisonReport comparison;
        try {
            files.values()
                    .forEach(chosen ->
                            engines.add(OnnxForecastEngine.open(chosen.file(), new EngineOptions(Device.CPU, 1))));
            comparison = compare(evaluation, files, engines);
        } finally {
            engines.forEach(OnnxForecastEngine::close);
        }
        spec.commandLine().getOut().println(json ? comparison.toJson().toPrettyString() : comparison.toTable());
        if (report != null) {
            write(comparison.toMarkdown(), report);
        }
        return 0;
    }

    private static void write(String markdown, Path file) {
        try {
            Files.writeString(file, markdown);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the report to " + file + ": " + e.getMessage(), e);
        }
    }

    private ComparisonReport compare(
            ProtocolEvaluation evaluation, Map<String, Chosen> files, List<OnnxForecastEngine> engines) {
        PrintWriter err = spec.commandLine().getErr();
        List<String> names = List.copyOf(files.keySet());
        List<Chosen> inOrder = List.copyOf(files.values());
        List<Scores> scores = new ArrayList<>();
        for (int m = 0; m < engines.size(); m++) {
            err.printf("scores %s (%d of %d)%n", names.get(m), m + 1, engines.size());
            err.flush();
            scores.add(evaluation.score(names.get(m), engines.get(m)));
        }
        Evaluation scored = evaluation.with(scores, protocol.linear());
        err.println("measures speed");
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
