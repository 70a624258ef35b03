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
        sortOptions = false,
        description =
                "Scores a model and the baselines on the last hours of each file, through the engine that serves.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed", "2:wrong usage"})
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

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Model file to score (default: the model in the program).")
    private @Nullable Path model;

    @Option(
            names = "--protocol",
            paramLabel = "article",
            defaultValue = "article",
            description =
                    "Which hours are forecast from which. article: per file, the last tenth of all windows of 90 rows, "
                            + "as the article did that docs/models.md compares with (default: ${DEFAULT-VALUE}).")
    private Protocol protocol = Protocol.ARTICLE;

    @Option(
            names = "--device",
            converter = OptionTypes.ToDevice.class,
            paramLabel = "auto|cpu|cuda",
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
