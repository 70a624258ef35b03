package io.loadcast.cli;

import io.loadcast.training.CheckpointSettings;
import io.loadcast.training.DescentSettings;
import io.loadcast.training.LossKind;
import io.loadcast.training.LossSettings;
import io.loadcast.training.RidgeFit;
import io.loadcast.training.Schedule;
import io.loadcast.training.Trainer;
import io.loadcast.training.TrainingSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how weights are learnt, and where the state of a run is kept. */
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class TrainingOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--epochs",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            defaultValue = "10",
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
            description =
                    "Windows of 114 hours (91 of article-gru and article-lstm) that each step of the optimizer learns from; more take more memory "
                            + "(default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--learning-rate",
            converter = OptionTypes.ToPositive.class,
            paramLabel = "X",
            defaultValue = "0.004",
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
            defaultValue = "0.999",
            description =
                    "Validate and keep an exponential moving average of the weights, of which each step keeps this "
                            + "share, such as 0.999; 0 for none (default: ${DEFAULT-VALUE}).")
    private double average;

    @Option(
            names = "--ridge",
            converter = OptionTypes.ToPositive.class,
            paramLabel = "X",
            defaultValue = "" + RidgeFit.USUAL_PENALTY,
            description = "Penalty on the squared weights of the linear fit that training starts from; more smooths it "
                    + "(default: ${DEFAULT-VALUE}).")
    private double ridge;

    @Option(
            names = "--validation-share",
            converter = OptionTypes.ToShare.class,
            paramLabel = "X",
            defaultValue = "" + Trainer.VALIDATION_SHARE,
            description =
                    "Share of each region's hours before its test, the latest ones, that trains nothing: it chooses "
                            + "the epoch and sets the width of the interval (default: ${DEFAULT-VALUE}).")
    private double validationShare;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Start of all random numbers: the first weights, the order of the windows, what drops out. "
                    + "With one thread, the same seed gives the same model (default: ${DEFAULT-VALUE}).")
    private long seed;

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

    /** Whether it goes on where a run before it stopped. */
    boolean resumes() {
        return resume;
    }

    /** @throws ParameterException if it is to resume from nowhere */
    TrainingSettings settings() {
        return new TrainingSettings(
                new DescentSettings(epochs, patience, batch, learningRate, schedule, weightDecay, clip, average),
                new LossSettings(loss, nextHourWeight),
                ridge,
                validationShare,
                seed,
                checkpoints());
    }

    private @Nullable CheckpointSettings checkpoints() {
        if (checkpoint == null) {
            if (resume) {
                throw new ParameterException(
                        command.commandLine(), "--resume needs the checkpoint's directory; give --checkpoint=DIR too");
            }
            return null;
        }
        Duration interval = Duration.ofMillis(Math.round(checkpointMinutes * 60_000));
        return new CheckpointSettings(checkpoint, interval, resume);
    }
}
