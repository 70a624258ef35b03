package io.loadcast.cli;

import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.training.evaluation.ArticleEvaluation;
import io.loadcast.training.evaluation.Evaluation;
import io.loadcast.training.evaluation.EvaluationReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: a model's and the baselines' errors on hours that no training has seen. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Scores a model and the baselines, through the engine that serves.")
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class EvaluateCommand implements Callable<Integer> {
    /** Which hours are forecast from which. */
    enum Protocol {
        ARTICLE
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private SeriesOptions series;

    @Option(names = "--model", paramLabel = "FILE", description = "Model file (default: the shipped model).")
    private @Nullable Path model;

    @Option(
            names = "--protocol",
            defaultValue = "article",
            description = "article: per file, the last tenth of all windows of 90 rows (default: ${DEFAULT-VALUE}).")
    private Protocol protocol = Protocol.ARTICLE;

    @Option(
            names = "--device",
            converter = OptionTypes.ToDevice.class,
            paramLabel = "auto|cpu|cuda",
            defaultValue = "auto",
            description = "Where the model runs. auto takes a CUDA GPU if there is one; cuda refuses to start without "
                    + "(default: ${DEFAULT-VALUE}).")
    private Device device = Device.AUTO;

    @Option(names = "--threads", defaultValue = "1", description = "CPU threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        ModelFile file = model == null ? ModelFile.shipped() : ModelFile.read(model);
        Evaluation evaluation;
        try (OnnxForecastEngine engine = OnnxForecastEngine.open(file, new EngineOptions(device, threads))) {
            evaluation = switch (protocol) {
                case ARTICLE -> new ArticleEvaluation(series.read()).run(engine);
            };
        }
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? EvaluationReport.toJson(evaluation).toPrettyString()
                                : EvaluationReport.toTable(evaluation));
        return 0;
    }
}
