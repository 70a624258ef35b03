package io.loadcast.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.loadcast.dataset.HourWindow;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.MinMaxFit;
import io.loadcast.dataset.RegionSplits;
import io.loadcast.domain.KnownRegions;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionScale;
import io.loadcast.training.Checkpoint.Best;
import io.loadcast.training.Checkpoint.Position;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.CalibratedMedian;
import io.loadcast.zoo.LinearPart;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.ScaledInterval;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Fits a network to hourly series: a ridge fit of its linear part first, then gradient descent on the loss of all anchors until the
 * validation loss stops falling, then the calibration of its interval. What a network does not have is left out. The last tenth of
 * each series, the test, is never touched.
 *
 * <p>Single-threaded towards its caller; PyTorch works on a batch with the threads it is given. Close it to free the network.
 */
public final class Trainer implements AutoCloseable {
    /** Of each region's hours before its test, the share that validates. */
    public static final double VALIDATION_SHARE = 0.05;

    private final Architecture architecture;
    private final TrainingSettings settings;
    private final TrainingProgress progress;
    private final String run;
    private final RegionSplits data;
    private final Map<Region, RegionScale> scales;
    private final KnownRegions knownRegions;
    private final EpochWindows training;
    private final List<HourWindow> validationWindows;
    private final NDManager manager;
    private final Network network;
    private final WindowForecasts forecasts;
    private final Validation validation;

    /** @throws IllegalArgumentException if no series has a window to train on, or none to validate on */
    public Trainer(
            Architecture chosen, List<HourlySeries> series, TrainingSettings settings, TrainingProgress progress) {
        KnownRegions all =
                KnownRegions.of(series.stream().map(HourlySeries::region).toList());
        this.architecture = chosen.knowing(all.regions().size());
        this.knownRegions = architecture.knownRegions() == 0 ? KnownRegions.NONE : all;
        this.settings = settings;
        this.progress = progress;
        int hours = architecture.lookbackHours() + architecture.horizonHours();
        this.run = architecture.name() + ", " + architecture.sizes() + ", " + settings.told() + ", data "
                + DataFingerprint.of(series);
        this.data = new RegionSplits(series, settings.validationShare());
        this.scales = architecture.scaledByRegion()
                ? MinMaxFit.ofTraining(data, series, architecture.calendarFeatures())
                : Map.of();
        Engine.getInstance().setRandomSeed((int) settings.seed());
        JniUtils.setGradMode(false); // PyTorch records every operation unless told not to
        this.manager = NDManager.newBaseManager();
        this.network = architecture.newNetwork(manager);
        int largestBatch = Math.max(settings.descent().batchSize(), WindowForecasts.UNLEARNT_BATCH);
        this.forecasts = new WindowForecasts(
                network, new WindowTensors(architecture, this::regionNumbers, series, largestBatch), manager);
        this.training = new EpochWindows(data, hours, network.anchors(), settings.seed());
        this.validationWindows = data.validation(hours, network.firstAnchor() + 1, network.anchors());
        this.validation = new Validation(architecture, forecasts, validationWindows);
        requireWindows(series, hours);
    }

    /** What the network is told of a region. */
    private float[] regionNumbers(Region region) {
        RegionScale scale = scales.get(region);
        if (scale != null) {
            return scale.numbers();
        }
        return knownRegions.isEmpty() ? new float[0] : new float[] {knownRegions.number(region)};
    }

    /** Says which regions cannot take part, and refuses to go on if nothing trains or nothing validates. */
    private void requireWindows(List<HourlySeries> series, int hours) {
        List<HourWindow> trainingWindows = data.training(hours, network.anchors(), () -> 0);
        List<String> without = series.stream()
                .flatMap(one -> Stream.of(
                                lacking(one, trainingWindows, "train"), lacking(one, validationWindows, "validate"))
                        .flatMap(Optional::stream)
                        .map(purpose -> named(one) + " has no " + hours + " hours in a row to " + purpose
                                + " with; it has " + one.presentHours() + " hours, at most " + one.longestRun()
                                + " in a row"))
                .toList();
        if (validationWindows.isEmpty() || trainingWindows.isEmpty()) {
            throw new IllegalArgumentException(
                    "too little data: " + String.join("; ", without) + "; give longer series, or fill their gaps");
        }
        without.forEach(progress::note);
    }

    private static Optional<String> lacking(HourlySeries series, List<HourWindow> windows, String purpose) {
        return windows.stream().anyMatch(window -> window.series() == series) ? Optional.empty() : Optional.of(purpose);
    }

    private static String named(HourlySeries series) {
        return series.source().map(file -> file.name() + ": ").orElse("") + "region " + series.region();
    }

    /** Settings of DJL that hold for the whole process; they have an effect only before anything else uses it. */
    public static void configureEngine(int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    }

    /**
     * Trains to the end, or goes on from the checkpoint.
     *
     * @throws IllegalArgumentException if the checkpoint is damaged or another run's, or there is one already and the run is
     *     not to resume
     * @throws IOException if the checkpoint cannot be written or read
     */
    public TrainedNetwork train() throws IOException {
        return train(() -> false);
    }

    /**
     * The same, until it is asked to stop.
     *
     * @param stopRequested asked before each step whether to stop there
     * @throws TrainingInterruptedException if it did
     */
    public TrainedNetwork train(BooleanSupplier stopRequested) throws IOException {
        Optional<Checkpoint> found = found();
        found.ifPresent(checkpoint -> progress.note("goes on after epoch "
                + checkpoint.position().epochs() + " and "
                + checkpoint.position().steps() + " steps"));
        Checkpoint start = found.isPresent() ? found.get() : start();
        Best best = start.best();
        if (network.learns()) {
            best = new Descent(
                            settings,
                            architecture.quantiles(),
                            training,
                            forecasts,
                            validation,
                            progress,
                            stopRequested,
                            start)
                    .toTheEnd();
        }
        if (network.learns() && best.epoch() == 0) {
            progress.note("no epoch was better than the start, which is kept; a lower --learning-rate may help");
        }
        network.setWeights(best.weights());
        calibrate();
        return new TrainedNetwork(architecture, scales, knownRegions, network.weights(), best.epoch(), best.score());
    }

    private Optional<Checkpoint> found() throws IOException {
        CheckpointSettings checkpoints = settings.checkpoints();
        if (checkpoints == null) {
            return Optional.empty();
        }
        WholeFile.requireDirectory("--checkpoint", checkpoints.directory());
        if (checkpoints.resume()) {
            return Checkpoint.read(checkpoints.directory(), run);
        }
        Checkpoint.requireNone(checkpoints.directory());
        return Optional.empty();
    }

    /** The network as a fit in closed form leaves it, and how hard each lead time is for that fit. */
    private Checkpoint start() {
        float[] leadScale = new float[architecture.horizonHours()];
        Arrays.fill(leadScale, 1);
        if (network instanceof LinearPart part) {
            part.setLinear(RidgeFit.fit(data, part.linearLags(), architecture.horizonHours(), settings.ridge()));
            float[] maePct = validation.score(lossWith(leadScale)).maePct();
            for (int h = 0; h < leadScale.length; h++) {
                leadScale[h] = Math.max(maePct[h] / 100, 1e-6f);
            }
        }
        ValidationScore score = validation.score(lossWith(leadScale));
        progress.note((network instanceof LinearPart ? "linear start: " : "start: ") + score.told());
        Best best = new Best(0, score, network.weights());
        return new Checkpoint(run, new Position(0, 0), best.weights(), null, null, leadScale, best);
    }

    private ForecastLoss lossWith(float[] leadScale) {
        return new ForecastLoss(settings.loss(), architecture.quantiles(), leadScale);
    }

    private void calibrate() {
        network.calibratedMedian().ifPresent(this::calibrateMedian);
        if (network instanceof ScaledInterval interval) {
            float[] factors = new Calibration(architecture).factors(forecasts, validationWindows);
            interval.setIntervalScale(factors);
            int last = factors.length / 2;
            progress.note("calibrated: the interval's sides times " + sides(factors, 1)
                    + (last == 1 ? "" : ", " + sides(factors, last)));
        }
    }

    private void calibrateMedian(CalibratedMedian median) {
        MedianCalibration calibration = new MedianCalibration(architecture, network, forecasts);
        median.setRegionBias(calibration.regionBias(training.of(0), knownRegions));
        float[] share = calibration.dayShare(median, validationWindows);
        median.setDayShare(share);
        progress.note(String.format(
                Locale.ROOT,
                "calibrated: the median goes %.1f %% of the way to the last day at %d h",
                100 * share[share.length - 1],
                share.length));
    }

    private static String sides(float[] factors, int leadHours) {
        return String.format(
                Locale.ROOT,
                "%.2f and %.2f at %d h",
                factors[2 * leadHours - 2],
                factors[2 * leadHours - 1],
                leadHours);
    }

    @Override
    public void close() {
        manager.close();
    }
}
