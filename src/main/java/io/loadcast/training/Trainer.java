package io.loadcast.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.loadcast.dataset.HourWindow;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.RegionSplits;
import io.loadcast.domain.Quantile;
import io.loadcast.training.WindowTensors.Batch;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.LinearPart;
import io.loadcast.zoo.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Fits a network to hourly series: a ridge fit of its linear part first, then gradient descent on the pinball loss of all
 * anchors, until the validation loss stops falling. The last tenth of each series, the test, is never touched.
 *
 * <p>Single-threaded towards its caller; PyTorch works on a batch with the threads it is given. Close it to free the network.
 */
public final class Trainer implements AutoCloseable {
    private static final double VALIDATION_SHARE = 0.05;
    private static final int VALIDATION_BATCH = 512;

    private final Architecture architecture;
    private final TrainingSettings settings;
    private final TrainingProgress progress;
    private final String run;
    private final RegionSplits data;
    private final List<HourWindow> validation;
    private final WindowTensors tensors;
    private final int hours;
    private final NDManager manager;
    private final Network network;
    private final ParameterStore store;

    /** @throws IllegalArgumentException if no series has a window to train on, or none to validate on */
    public Trainer(
            Architecture architecture,
            List<HourlySeries> series,
            TrainingSettings settings,
            TrainingProgress progress) {
        this.architecture = architecture;
        this.settings = settings;
        this.progress = progress;
        this.hours = architecture.lookbackHours() + architecture.horizonHours();
        this.run = architecture.name() + ", " + architecture.sizes() + ", " + settings.told() + ", data "
                + DataFingerprint.of(series);
        this.data = new RegionSplits(series, VALIDATION_SHARE);
        this.tensors = new WindowTensors(architecture, series, Math.max(settings.batchSize(), VALIDATION_BATCH));
        Engine.getInstance().setRandomSeed((int) settings.seed());
        JniUtils.setGradMode(false); // PyTorch records every operation unless told not to
        this.manager = NDManager.newBaseManager();
        this.network = architecture.newNetwork(manager);
        this.store = new ParameterStore(manager, false);
        this.validation = data.validation(hours, network.firstAnchor() + 1, network.anchors());
        if (validation.isEmpty() || trainingWindows(0).isEmpty()) {
            throw new IllegalArgumentException("too little data: no " + hours
                    + " hours without a gap to train and to validate on; give longer series");
        }
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
        Adam adam = new Adam(network);
        Checkpoint state = resumed(adam);
        QuantileLoss loss = new QuantileLoss(architecture.quantiles(), state.leadScale());
        long stepsPerEpoch = Math.round(Math.ceil(trainingWindows(0).size() / (double) settings.batchSize()));
        LearningRate learningRate = new LearningRate(settings.learningRate(), stepsPerEpoch * settings.epochs());
        progress.start(state.epoch() + 1, settings.epochs());
        while (network.learns()
                && state.epoch() < settings.epochs()
                && state.epoch() - state.best().epoch() < settings.patience()) {
            int epoch = state.epoch() + 1;
            trainEpoch(epoch, adam, loss, learningRate);
            ValidationScore score = validate(loss);
            boolean best = score.loss() < state.best().score().loss();
            progress.epochDone(score, best);
            if (adam.leftOut() > 0) {
                progress.note("batches left out so far because their gradient was not finite: " + adam.leftOut());
            }
            state = new Checkpoint(
                    run,
                    epoch,
                    network.weights(),
                    adam.moments(),
                    state.leadScale(),
                    best ? new Checkpoint.Best(epoch, score, network.weights()) : state.best());
            if (settings.checkpoints() != null) {
                state.write(settings.checkpoints());
            }
        }
        network.setWeights(state.best().weights());
        return new TrainedNetwork(
                architecture,
                state.best().weights(),
                state.best().epoch(),
                state.best().score());
    }

    @Override
    public void close() {
        manager.close();
    }

    private Checkpoint resumed(Adam adam) throws IOException {
        Optional<Checkpoint> found = found();
        if (found.isEmpty()) {
            return linearStart(adam);
        }
        Checkpoint state = found.get();
        network.setWeights(state.weights());
        adam.restore(state.moments());
        progress.note("goes on after epoch " + state.epoch());
        return state;
    }

    private Optional<Checkpoint> found() throws IOException {
        if (settings.checkpoints() == null) {
            return Optional.empty();
        }
        if (settings.resume()) {
            return Checkpoint.read(settings.checkpoints(), run);
        }
        Checkpoint.requireNone(settings.checkpoints());
        return Optional.empty();
    }

    /** The network as the ridge fit leaves it, and how hard each lead time is for that fit. */
    private Checkpoint linearStart(Adam adam) {
        if (network instanceof LinearPart part) {
            part.setLinear(RidgeFit.fit(data, part.linearLags(), architecture.horizonHours(), settings.ridge()));
        }
        float[] unscaled = new float[architecture.horizonHours()];
        Arrays.fill(unscaled, 1);
        float[] maePct =
                validate(new QuantileLoss(architecture.quantiles(), unscaled)).maePct();
        float[] leadScale = new float[maePct.length];
        for (int h = 0; h < leadScale.length; h++) {
            leadScale[h] = Math.max(maePct[h] / 100, 1e-6f);
        }
        ValidationScore score = validate(new QuantileLoss(architecture.quantiles(), leadScale));
        progress.note(String.format(
                Locale.ROOT,
                "linear start: validation loss %.4f, error %.3f %% at 1 h, %.3f %% at %d h",
                score.loss(),
                score.maePct(1),
                score.maePct(maePct.length),
                maePct.length));
        return new Checkpoint(
                run, 0, network.weights(), adam.moments(), leadScale, new Checkpoint.Best(0, score, network.weights()));
    }

    private void trainEpoch(int epoch, Adam adam, QuantileLoss loss, LearningRate learningRate) {
        List<HourWindow> windows = trainingWindows(epoch);
        Engine.getInstance()
                .setRandomSeed(Long.hashCode(seedOf(epoch))); // for dropout, so that a resumed run does the same
        progress.epoch(epoch, windows.size());
        for (int from = 0; from < windows.size(); from += settings.batchSize()) {
            List<HourWindow> part = windows.subList(from, Math.min(windows.size(), from + settings.batchSize()));
            try (NDManager step = manager.newSubManager()) {
                Batch batch = tensors.batch(part, step);
                float value;
                try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                    NDArray quantiles = network.forecasts(store, batch.seen(), true);
                    NDArray scalar = loss.of(network.targets(batch.loadMw(), batch.seen()), quantiles);
                    gradients.backward(scalar);
                    value = scalar.getFloat();
                }
                adam.step(learningRate.at(adam.steps()), step);
                progress.step(part.size(), value);
            }
        }
    }

    private ValidationScore validate(QuantileLoss loss) {
        double lossSum = 0;
        double[] errorSums = new double[architecture.horizonHours()];
        for (int from = 0; from < validation.size(); from += VALIDATION_BATCH) {
            List<HourWindow> part = validation.subList(from, Math.min(validation.size(), from + VALIDATION_BATCH));
            try (NDManager step = manager.newSubManager()) {
                Batch batch = tensors.batch(part, step);
                NDArray quantiles = network.forecasts(store, batch.seen(), false);
                NDArray targets = network.targets(batch.loadMw(), batch.seen());
                lossSum += part.size() * loss.of(targets, quantiles).getFloat();
                int median = architecture.quantiles().indexOf(Quantile.P50);
                float[] errors = targets.sub(quantiles.get("..., " + median))
                        .abs()
                        .reshape(-1, architecture.horizonHours())
                        .mean(new int[] {0})
                        .toFloatArray();
                for (int h = 0; h < errors.length; h++) {
                    errorSums[h] += part.size() * errors[h];
                }
            }
        }
        float[] maePct = new float[errorSums.length];
        for (int h = 0; h < maePct.length; h++) {
            maePct[h] = (float) (100 * errorSums[h] / validation.size());
        }
        return new ValidationScore(lossSum / validation.size(), maePct);
    }

    /**
     * The windows of one epoch in random order. Neighbours lie as far apart as a window has anchors, from a random start, so
     * that an epoch forecasts from each hour once.
     */
    private List<HourWindow> trainingWindows(int epoch) {
        Random random = new Random(seedOf(epoch));
        List<HourWindow> windows =
                new ArrayList<>(data.training(hours, network.anchors(), () -> random.nextInt(network.anchors())));
        Collections.shuffle(windows, random);
        return windows;
    }

    private long seedOf(int epoch) {
        return settings.seed() * 1_000_003 + epoch;
    }
}
