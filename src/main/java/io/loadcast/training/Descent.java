package io.loadcast.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.loadcast.dataset.HourWindow;
import io.loadcast.domain.Quantile;
import io.loadcast.training.Checkpoint.Best;
import io.loadcast.training.Checkpoint.Position;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Weights;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gradient descent from a checkpoint to the end of a run. Between any two steps its whole state is in a checkpoint's fields, and the
 * random numbers of a step follow from the run's seed, the epoch and the step alone: on one thread it does not matter where it was
 * interrupted.
 */
final class Descent {
    private final TrainingSettings settings;
    private final EpochWindows windows;
    private final WindowForecasts forecasts;
    private final Validation validation;
    private final TrainingProgress progress;
    private final BooleanSupplier stopRequested;

    private final Network network;
    private final Adam adam;
    private final @Nullable WeightAverage average;
    private final ForecastLoss loss;
    private final LearningRate learningRate;
    private final String run;
    private final float[] leadScale;
    private Position position;
    private Best best;
    private long lastWritten = System.nanoTime();

    /** @param stopRequested asked before each step whether to stop there */
    Descent(
            TrainingSettings settings,
            List<Quantile> quantiles,
            EpochWindows windows,
            WindowForecasts forecasts,
            Validation validation,
            TrainingProgress progress,
            BooleanSupplier stopRequested,
            Checkpoint from) {
        this.settings = settings;
        this.windows = windows;
        this.forecasts = forecasts;
        this.validation = validation;
        this.progress = progress;
        this.stopRequested = stopRequested;
        network = forecasts.network();
        DescentSettings descent = settings.descent();
        network.setWeights(from.weights());
        adam = new Adam(network, descent.weightDecay(), descent.clipNorm());
        average = descent.averageDecay() == 0 ? null : new WeightAverage(network, descent.averageDecay());
        from.optimizer().ifPresent(adam::restore);
        from.averages().ifPresent(averages -> {
            if (average != null) {
                average.restore(averages);
            }
        });
        loss = new ForecastLoss(settings.loss(), quantiles, from.leadScale());
        long stepsPerEpoch = Math.round(Math.ceil(windows.of(0).size() / (double) descent.batchSize()));
        learningRate = new LearningRate(descent.learningRate(), stepsPerEpoch * descent.epochs(), descent.schedule());
        run = from.run();
        leadScale = from.leadScale();
        position = from.position();
        best = from.best();
    }

    /**
     * Goes on until the epochs or the patience are at their end.
     *
     * @throws TrainingInterruptedException if it was asked to stop; there is a checkpoint, if the settings want any
     */
    Best toTheEnd() throws IOException {
        DescentSettings descent = settings.descent();
        progress.start(descent.epochs());
        while (position.epochs() < descent.epochs() && position.epochs() - best.epoch() < descent.patience()) {
            int epoch = position.epochs() + 1;
            steps(epoch);
            validate(epoch);
            position = new Position(epoch, 0);
            writeCheckpoint();
        }
        return best;
    }

    private void steps(int epoch) throws IOException {
        List<HourWindow> all = windows.of(epoch);
        int size = settings.descent().batchSize();
        progress.epoch(epoch, all.size(), Math.min(all.size(), position.steps() * size));
        for (int from = position.steps() * size; from < all.size(); from += size) {
            if (stopRequested.getAsBoolean()) {
                stop();
            }
            if (checkpointIsDue()) {
                writeCheckpoint();
            }
            step(epoch, all.subList(from, Math.min(all.size(), from + size)));
            position = new Position(position.epochs(), position.steps() + 1);
        }
    }

    private void step(int epoch, List<HourWindow> batch) {
        Engine.getInstance().setRandomSeed(windows.seedOf(epoch, position.steps())); // of what drops out
        try (NDManager scratch = forecasts.newScratch()) {
            float value;
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                WindowForecasts.Outcome outcome = forecasts.learning(batch, scratch);
                NDArray scalar = loss.of(outcome.targets(), outcome.forecasts());
                gradients.backward(scalar);
                value = scalar.getFloat();
            }
            adam.step(learningRate.at(adam.steps()), scratch);
            if (average != null) {
                average.add(adam.steps(), scratch);
            }
            progress.step(batch.size(), value);
        }
    }

    private void validate(int epoch) {
        Weights last = network.weights();
        Weights judged = average == null ? last : average.weights();
        network.setWeights(judged);
        ValidationScore score = validation.score(loss);
        network.setWeights(last);
        boolean better = score.loss() < best.score().loss();
        progress.epochDone(score, better);
        if (adam.leftOut() > 0) {
            progress.note("batches left out so far because their gradient was not finite: " + adam.leftOut());
        }
        if (better) {
            best = new Best(epoch, score, judged);
        }
    }

    private void stop() throws IOException {
        progress.stopped();
        String where = "stopped in epoch " + (position.epochs() + 1) + " after " + position.steps() + " steps; ";
        CheckpointSettings checkpoints = settings.checkpoints();
        if (checkpoints == null) {
            throw new TrainingInterruptedException(where + "nothing is kept, for want of a directory (--checkpoint)");
        }
        writeCheckpoint();
        throw new TrainingInterruptedException(
                where + "the same command with --resume goes on from the checkpoint in " + checkpoints.directory());
    }

    private boolean checkpointIsDue() {
        CheckpointSettings checkpoints = settings.checkpoints();
        return checkpoints != null
                && System.nanoTime() - lastWritten >= checkpoints.interval().toNanos();
    }

    private void writeCheckpoint() throws IOException {
        CheckpointSettings checkpoints = settings.checkpoints();
        if (checkpoints != null) {
            Weights averages = average == null ? null : average.weights();
            new Checkpoint(run, position, network.weights(), averages, adam.state(), leadScale, best)
                    .write(checkpoints.directory());
            lastWritten = System.nanoTime();
        }
    }
}
