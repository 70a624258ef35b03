package io.loadcast.cli;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.EpochHour;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.training.ModelExport;
import io.loadcast.training.TrainedNetwork;
import io.loadcast.training.Trainer;
import io.loadcast.training.TrainingProgress;
import io.loadcast.training.TrainingSettings;
import io.loadcast.training.evaluation.Protocol;
import io.loadcast.training.evaluation.ProtocolEvaluation;
import io.loadcast.training.evaluation.Scores;
import io.loadcast.zoo.Architecture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: CSV files in, a checked model file out. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains a model on hourly loads, checks that the exported file computes the same, and scores it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed", "2:wrong usage"})
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class TrainCommand implements Callable<Integer> {
    private static final int HORIZON = ProtocolEvaluation.HORIZON;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SeriesOptions series;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "model.onnx",
            description = "Model file to write; one that is there is replaced (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--architecture",
            converter = OptionTypes.ToArchitecture.class,
            paramLabel = "NAME",
            defaultValue = "gru-attention",
            description = "The kind of network, as docs/models.md describes it (default: ${DEFAULT-VALUE}).")
    private Architecture architecture;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The model's name in its manifest and in forecasts (default: the architecture's).")
    private @Nullable String name;

    @Option(
            names = "--model-version",
            paramLabel = "TEXT",
            defaultValue = "1",
            description = "The model's version in its manifest and in forecasts (default: ${DEFAULT-VALUE}).")
    private String version;

    @Option(
            names = "--epochs",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            defaultValue = "26",
            description = "Passes over the data, at most (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--patience",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            defaultValue = "10",
            description = "Epochs without a better validation loss before it stops (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(
            names = "--batch",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            defaultValue = "128",
            description = "Windows of 114 hours that each step of the optimizer learns from; more take more memory "
                    + "(default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--learning-rate",
            converter = OptionTypes.ToPositive.class,
            paramLabel = "X",
            defaultValue = "0.0015",
            description = "How far a step moves the weights: the highest rate, from which it falls along half a cosine "
                    + "to a hundredth. Lower it if training diverges (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--ridge",
            converter = OptionTypes.ToPositive.class,
            paramLabel = "X",
            defaultValue = "0.1",
            description = "Penalty on the squared weights of the linear fit that training starts from; more smooths it "
                    + "(default: ${DEFAULT-VALUE}).")
    private double ridge;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Start of all random numbers: the first weights, the order of the windows, what drops out. "
                    + "With one thread, the same seed gives the same model (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            defaultValue = "2",
            description = "CPU threads that work on a batch (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Where to keep the state of the run after each epoch (default: nowhere). "
                    + "A checkpoint that is there is kept: without --resume, that is an error.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--resume",
            description = "Go on from the checkpoint, if there is one of the same data and settings; "
                    + "needs --checkpoint (default: begin anew).")
    private boolean resume;

    @Override
    public Integer call() throws IOException {
        if (resume && checkpoint == null) {
            throw new ParameterException(
                    spec.commandLine(), "--resume needs the checkpoint's directory; give --checkpoint=DIR too");
        }
        PrintWriter err = spec.commandLine().getErr();
        TrainingSettings settings =
                new TrainingSettings(epochs, patience, batch, learningRate, seed, ridge, checkpoint, resume);
        Trainer.configureEngine(threads);
        List<HourlySeries> data = series.read();
        err.printf(
                "%d regions, %d hours%n",
                data.size(), data.stream().mapToInt(HourlySeries::presentHours).sum());
        TrainingProgress progress = new TrainingProgress(err, Terminal.canRedraw());
        TrainedNetwork trained = train(architecture, data, settings, progress);

        byte[] unscored = ModelExport.toBytes(trained, manifest(trained, data, settings, Map.of()));
        double difference = ModelExport.requireParity(trained, unscored, data);
        err.printf(Locale.ROOT, "file and network differ by at most %.1e of the forecast%n", difference);
        Map<String, Double> scores = score(unscored, data);
        byte[] model = ModelExport.toBytes(trained, manifest(trained, data, settings, scores));
        ModelExport.write(model, out);
        scores.forEach((score, value) -> err.printf(Locale.ROOT, "%s: %.4f%n", score, value));
        err.flush();
        err.printf("%s: %d bytes%n", out, model.length);
        return 0;
    }

    private static TrainedNetwork train(
            Architecture chosen, List<HourlySeries> data, TrainingSettings settings, TrainingProgress progress)
            throws IOException {
        try (Trainer trainer = new Trainer(chosen, data, settings, progress)) {
            return trainer.train();
        }
    }

    /** The article's test, by the engine that serves. */
    private Map<String, Double> score(byte[] model, List<HourlySeries> data) {
        try (OnnxForecastEngine engine =
                OnnxForecastEngine.open(ModelFile.of("export", model), new EngineOptions(Device.CPU, threads))) {
            Scores scores = new ProtocolEvaluation(Protocol.ARTICLE, data).score(engine);
            Map<String, Double> named = new TreeMap<>();
            for (int lead : new int[] {1, HORIZON}) {
                named.put("article_test_smape_pct_" + lead + "h", scores.smapePct(lead));
                scores.regions()
                        .keySet()
                        .forEach(region -> named.put(
                                "article_test_smape_pct_" + lead + "h_" + region, scores.smapePct(region, lead)));
            }
            return named;
        }
    }

    private ModelManifest manifest(
            TrainedNetwork trained, List<HourlySeries> data, TrainingSettings settings, Map<String, Double> scores) {
        Architecture chosen = trained.architecture();
        Map<String, Double> all = new TreeMap<>(scores);
        all.put("validation_loss", trained.validation().loss());
        all.put("validation_mae_pct_1h", (double) trained.validation().maePct(1));
        all.put("validation_mae_pct_" + HORIZON + "h", (double)
                trained.validation().maePct(HORIZON));
        return new ModelManifest(
                name == null ? chosen.name() : name,
                version,
                chosen.name(),
                chosen.lookbackHours(),
                chosen.horizonHours(),
                chosen.quantiles(),
                chosen.calendarFeatures(),
                provenance(trained, data, settings),
                all);
    }

    private Map<String, String> provenance(TrainedNetwork trained, List<HourlySeries> data, TrainingSettings settings) {
        long first = data.stream().mapToLong(HourlySeries::firstEpochHour).min().orElseThrow();
        long last = data.stream()
                .mapToLong(one -> one.epochHour(one.hours() - 1))
                .max()
                .orElseThrow();
        Map<String, String> training = new TreeMap<>();
        training.put("regions", data.stream().map(one -> one.region().name()).collect(Collectors.joining(", ")));
        training.put("period", EpochHour.start(first) + " to " + EpochHour.start(last));
        training.put(
                "split",
                "per region in time: last tenth of the article's windows for test, 5 % before it for validation");
        training.put("start", "ridge per hour of the week, penalty " + settings.ridge() + " (Tribuo Cholesky)");
        training.put("optimizer", "AdamW, cosine, highest rate " + settings.learningRate() + ", clipped to norm 1");
        training.put("epochs", settings.epochs() + ", best " + trained.epoch());
        training.put("batch", Integer.toString(settings.batchSize()));
        training.put("seed", Long.toString(settings.seed()));
        return training;
    }
}
