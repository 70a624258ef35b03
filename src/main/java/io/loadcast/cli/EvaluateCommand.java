package io.loadcast.cli;

import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.training.evaluation.Evaluation;
import io.loadcast.training.evaluation.EvaluationReport;
import io.loadcast.training.evaluation.HtmlReport;
import io.loadcast.training.evaluation.ProtocolEvaluation;
import io.loadcast.training.evaluation.Scores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: models' and the baselines' errors on hours that no training has seen. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Scores models and the baselines on the last hours of each file, through the engine that serves.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed", "2:wrong usage"})
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SeriesOptions series;

    @Mixin
    private ModelFilesOptions models;

    @Mixin
    private ProtocolOptions protocol;

    @Option(
            names = "--device",
            converter = OptionTypes.ToDevice.class,
            paramLabel = "auto|cpu|cuda|cuda:N",
            defaultValue = "auto",
            description = "Where the model runs. auto takes a CUDA GPU if there is one; cuda refuses to start without "
                    + "(default: ${DEFAULT-VALUE}).")
    private Device device = Device.AUTO;

    @Option(
            names = "--threads",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            defaultValue = "1",
            description = "CPU threads that work on a batch (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--json", description = "Print one JSON document, with every lead time (default: a table of some).")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Also write report.html, a page on its own, and its plots as PNG files into this directory.")
    private @Nullable Path report;

    @Override
    public Integer call() {
        Map<String, ModelFilesOptions.Chosen> files = models.read();
        ProtocolEvaluation protocolEvaluation = protocol.of(series.read());
        files.forEach((name, chosen) ->
                protocolEvaluation.requireRuns(name, chosen.file().manifest()));
        List<Scores> scores = new ArrayList<>();
        files.forEach((name, chosen) -> scores.add(score(protocolEvaluation, name, chosen.file())));
        Evaluation evaluation = protocolEvaluation.with(scores, protocol.linear());
        if (report != null) {
            writeReport(evaluation, report);
        }
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? EvaluationReport.toJson(evaluation).toPrettyString()
                                : EvaluationReport.toTable(evaluation));
        return 0;
    }

    private void writeReport(Evaluation evaluation, Path directory) {
        // Charts are drawn in memory: a screen is not asked for, even where DISPLAY names one.
        System.setProperty("java.awt.headless", "true");
        Path page = HtmlReport.write(evaluation, directory);
        spec.commandLine().getErr().println("report: " + page);
    }

    private Scores score(ProtocolEvaluation evaluation, String name, ModelFile file) {
        try (OnnxForecastEngine engine = OnnxForecastEngine.open(file, new EngineOptions(device, threads))) {
            return evaluation.score(name, engine);
        }
    }
}
