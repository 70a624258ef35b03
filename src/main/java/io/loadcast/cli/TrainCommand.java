package io.loadcast.cli;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.training.CheckpointSettings;
import io.loadcast.training.DescentSettings;
import io.loadcast.training.LossKind;
import io.loadcast.training.LossSettings;
import io.loadcast.training.ModelExport;
import io.loadcast.training.Provenance;
import io.loadcast.training.Schedule;
import io.loadcast.training.TrainedNetwork;
import io.loadcast.training.Trainer;
import io.loadcast.training.TrainingInterruptedException;
import io.loadcast.training.TrainingProgress;
import io.loadcast.training.TrainingSettings;
import io.loadcast.training.evaluation.Protocol;
import io.loadcast.training.evaluation.ProtocolEvaluation;
import io.loadcast.training.evaluation.Scores;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Zoo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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
        exitCodeList = {
            "0:ok",
            "1:failed",
            "2:wrong usage",
            "130:stopped by Ctrl-C, 143 by a request to terminate; the checkpoint is up to date"
        })
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class TrainCommand implements Callable<Integer> {
    private static final int HORIZON = ProtocolEvaluation.HORIZON;
    private static final int INTERRUPTED = 130;

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
            names = "--hidden",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            description =
                    "Numbers in a state, or of a token; not of every architecture (default: the architecture's, 64).")
    private @Nullable Integer hidden;

    @Option(
            names = "--layers",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            description = "Layers on one another; not of every architecture "
                    + "(default: the architecture's, 1; 2 of transformer).")
    private @Nullable Integer layers;

    @Option(
            names = "--dropout",
            converter = OptionTypes.ToShare.class,
            paramLabel = "X",
            description = "Share of the numbers before the output's layers that each step hides "
                    + "(default: the architecture's, 0.1).")
    private @Nullable Double dropout;

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
            description = "How far a step moves the weights: the highest rate. Lower it if training diverges "
                    + "(default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--schedule",
            converter = OptionTypes.ToSchedule.class,
            paramLabel = "cosine|constant",
            defaultValue = "cosine",
            description = "Whether the learning rate falls along half a cosine to a hundredth, or stays "
                    + "(default: ${DEFAULT-VALUE}).")
    private Schedule schedule;

    @Option(
            names = "--loss",
            converter = OptionTypes.ToLossKind.class,
            paramLabel = "pinball|mae|mse",
            defaultValue = "pinball",
            description =
                    "What training makes small: the pinball loss of all quantiles, or the median's absolute or "
                            + "squared error; then calibration alone sets the width of the interval (default: ${DEFAULT-VALUE}).")
    private LossKind loss;

    @Option(
            names = "--next-hour-weight",
            converter = OptionTypes.ToPositive.class,
            paramLabel = "X",
            defaultValue = "8",
            description = "How many times the next hour counts as much in the loss as each later one "
                    + "(default: ${DEFAULT-VALUE}).")
    private double nextHourWeight;

    @Option(
            names = "--weight-decay",
            converter = OptionTypes.ToNonNegative.class,
            paramLabel = "X",
            defaultValue = "0.1",
            description = "Share of a weight, times the learning rate, that each step takes away "
                    + "(default: ${DEFAULT-VALUE}).")
    private double weightDecay;

    @Option(
            names = "--clip",
            converter = OptionTypes.ToNonNegative.class,
            paramLabel = "X",
            defaultValue = "1",
            description = "Greatest norm of a gradient; longer ones are shortened to it. 0 for any "
                    + "(default: ${DEFAULT-VALUE}).")
    private double clip;

    @Option(
            names = "--average",
            converter = OptionTypes.ToShare.class,
            paramLabel = "DECAY",
            defaultValue = "0",
            description =
                    "Validate and keep an exponential moving average of the weights, of which each step keeps this "
                            + "share, such as 0.999; 0 for none (default: ${DEFAULT-VALUE}).")
    private double average;

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
            description = "Where to keep the state of the run, after each epoch, in between, and when it is stopped "
                    + "(default: nowhere). "
                    + "A checkpoint that is there is kept: without --resume, that is an error.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--checkpoint-minutes",
            converter = OptionTypes.ToNonNegative.class,
            paramLabel = "N",
            defaultValue = "5",
            description = "Minutes between checkpoints within an epoch; 0 for one at each step "
                    + "(default: ${DEFAULT-VALUE}).")
    private double checkpointMinutes;

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
        Architecture chosen = sized();
        TrainingSettings settings = settings();
        Interruption interruption = Interruption.guard();
        try {
            Trainer.configureEngine(threads);
            train(chosen, settings, interruption);
            return 0;
        } catch (TrainingInterruptedException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return INTERRUPTED;
        } finally {
            interruption.handled();
        }
    }

    private void train(Architecture chosen, TrainingSettings settings, Interruption interruption) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        List<HourlySeries> data = series.read();
        err.printf(
                "%d regions, %d hours%n",
                data.size(), data.stream().mapToInt(HourlySeries::presentHours).sum());
        err.flush();
        long started = System.nanoTime();
        TrainedNetwork trained;
        try (Trainer trainer = new Trainer(chosen, data, settings, new TrainingProgress(err, Terminal.canRedraw()))) {
            trained = trainer.train(interruption::happened);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        err.printf("trained in %d:%02d min%n", took.toMinutes(), took.toSecondsPart());

        byte[] unscored = ModelExport.toBytes(trained, manifest(trained, data, settings, Map.of()));
        double difference = ModelExport.requireParity(trained, unscored, data);
        err.printf(Locale.ROOT, "file and network differ by at most %.1e of the forecast%n", difference);
        Map<String, Double> scores = score(unscored, data);
        byte[] model = ModelExport.toBytes(trained, manifest(trained, data, settings, scores));
        ModelExport.write(model, out);
        scores.forEach((score, value) -> err.printf(Locale.ROOT, "%s: %.4f%n", score, value));
        err.printf("%s: %d bytes%n", out, model.length);
        err.flush();
    }

    private Architecture sized() {
        try {
            return Zoo.named(
                    architecture.name(),
                    new Sizes(
                            hidden == null ? OptionalInt.empty() : OptionalInt.of(hidden),
                            layers == null ? OptionalInt.empty() : OptionalInt.of(layers),
                            dropout == null ? OptionalDouble.empty() : OptionalDouble.of(dropout)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private TrainingSettings settings() {
        Duration interval = Duration.ofMillis(Math.round(checkpointMinutes * 60_000));
        return new TrainingSettings(
                new DescentSettings(epochs, patience, batch, learningRate, schedule, weightDecay, clip, average),
                new LossSettings(loss, nextHourWeight),
                ridge,
                seed,
                checkpoint == null ? null : new CheckpointSettings(checkpoint, interval, resume));
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
                Provenance.of(trained, data, settings),
                all);
    }
}
