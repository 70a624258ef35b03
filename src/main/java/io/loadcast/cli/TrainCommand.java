package io.loadcast.cli;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.training.ModelExport;
import io.loadcast.training.Provenance;
import io.loadcast.training.TrainedNetwork;
import io.loadcast.training.Trainer;
import io.loadcast.training.TrainingInterruptedException;
import io.loadcast.training.TrainingProgress;
import io.loadcast.training.TrainingSettings;
import io.loadcast.training.TrainingTime;
import io.loadcast.training.evaluation.Protocol;
import io.loadcast.training.evaluation.ProtocolEvaluation;
import io.loadcast.training.evaluation.Scores;
import io.loadcast.zoo.Architecture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SeriesOptions series;

    @Option(
            names = "--preset",
            converter = OptionTypes.ToPreset.class,
            paramLabel = "article-gru|article-lstm",
            description =
                    "Train as the article did that docs/models.md compares with. Stands for --architecture of the same name, "
                            + "--epochs 5 --batch 1024 --learning-rate 0.001 --schedule constant --weight-decay 0 --clip 0 --average 0 "
                            + "--loss mse --next-hour-weight 1; what is given by hand wins, but for the architecture (default: none).")
    private @Nullable Preset preset;

    @Mixin
    private ArchitectureOptions architecture;

    @Mixin
    private TrainingOptions training;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "model.onnx",
            description = "Model file to write; one that is there is replaced (default: ${DEFAULT-VALUE}).")
    private Path out;

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
            names = "--threads",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "CPU threads that work on a batch. With more than one, the same seed no longer gives the same "
                            + "model to the last bit (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Override
    public Integer call() throws IOException {
        if (preset != null) {
            requireNoOtherArchitecture();
            preset.applyTo(spec.commandLine());
        }
        Architecture chosen = architecture.chosen();
        TrainingSettings settings = training.settings();
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

    private void requireNoOtherArchitecture() {
        if (spec.commandLine().getParseResult().hasMatchedOption("--architecture")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--preset brings its own architecture; leave --architecture out, or the preset");
        }
    }

    private void train(Architecture chosen, TrainingSettings settings, Interruption interruption) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        ModelExport.requireWritable(out);
        List<HourlySeries> data = series.read();
        err.printf(
                "%d %s, %d hours%n",
                data.size(),
                data.size() == 1 ? "region" : "regions",
                data.stream().mapToInt(HourlySeries::presentHours).sum());
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
        if (!training.resumes()) { // else only a part of it is known
            TrainingTime.write(out, took);
        }
        scores.forEach((score, value) -> err.printf(Locale.ROOT, "%s: %.4f%n", score, value));
        err.printf("%s: %d bytes%n", out, model.length);
        err.flush();
    }

    /** The article's test, by the engine that serves. */
    private Map<String, Double> score(byte[] model, List<HourlySeries> data) {
        try (OnnxForecastEngine engine =
                OnnxForecastEngine.open(ModelFile.of("export", model), new EngineOptions(Device.CPU, threads))) {
            Scores scores = new ProtocolEvaluation(Protocol.ARTICLE, data).score(engine);
            Map<String, Double> named = new TreeMap<>();
            for (int lead : leads(engine.manifest().horizonHours())) {
                named.put("article_test_smape_pct_" + lead + "h", scores.smapePct(lead));
                scores.regions()
                        .keySet()
                        .forEach(region -> named.put(
                                "article_test_smape_pct_" + lead + "h_" + region, scores.smapePct(region, lead)));
            }
            return named;
        }
    }

    /** The lead times whose scores a manifest tells: the next hour and the last. */
    private static SortedSet<Integer> leads(int horizonHours) {
        return new TreeSet<>(List.of(1, horizonHours));
    }

    private ModelManifest manifest(
            TrainedNetwork trained, List<HourlySeries> data, TrainingSettings settings, Map<String, Double> scores) {
        Architecture chosen = trained.architecture();
        Map<String, Double> all = new TreeMap<>(scores);
        all.put("validation_loss", trained.validation().loss());
        leads(chosen.horizonHours())
                .forEach(lead -> all.put("validation_mae_pct_" + lead + "h", (double)
                        trained.validation().maePct(lead)));
        return new ModelManifest(
                name == null ? chosen.name() : name,
                version,
                chosen.name(),
                chosen.lookbackHours(),
                chosen.horizonHours(),
                chosen.quantiles(),
                chosen.calendarFeatures(),
                trained.scales(),
                trained.knownRegions(),
                Provenance.of(trained, data, settings),
                all);
    }
}
