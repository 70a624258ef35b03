package io.loadcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.EpochHour;
import io.loadcast.training.MadeSeries;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} as processes that end before they are done. */
class TrainCommandIT {
    private static final int SECONDS = 180;
    private static final long SEED = 3;

    @TempDir
    private Path directory;

    @BeforeEach
    void data() throws IOException {
        System.out.println("seed " + SEED);
        HourlySeries series = MadeSeries.of("north", 3000, SEED);
        StringBuilder text = new StringBuilder("time,load_mw\n");
        for (int i = 0; i < series.hours(); i++) {
            text.append(EpochHour.start(series.epochHour(i)))
                    .append(',')
                    .append(series.loadMw(i))
                    .append('\n');
        }
        Files.writeString(directory.resolve("north.csv"), text);
    }

    @Test
    void runKilledInTheMiddleOfAnEpochResumesToTheVeryFileOfAnUninterruptedOne() throws Exception {
        // given: another run with the same seed, killed after some steps of its second epoch
        byte[] expected = completed("whole.onnx");
        Path checkpoints = directory.resolve("checkpoints");
        try (LoadcastProcess killed =
                train("killed.onnx", "--checkpoint", checkpoints.toString(), "--checkpoint-minutes", "0")) {
            awaitStep(checkpoints, killed, 1, 3);
            killed.kill();
        }
        assertThat(directory.resolve("killed.onnx")).doesNotExist();

        // when
        byte[] resumed = completed("resumed.onnx", "--checkpoint", checkpoints.toString(), "--resume");

        // then
        assertThat(resumed).isEqualTo(expected);
    }

    @Test
    void terminatedRunLeavesAUsableCheckpointAndSaysHowToGoOn() throws Exception {
        // given
        byte[] expected = completed("whole.onnx");
        Path checkpoints = directory.resolve("checkpoints");
        try (LoadcastProcess stopped =
                train("stopped.onnx", "--checkpoint", checkpoints.toString(), "--checkpoint-minutes", "0")) {
            awaitStep(checkpoints, stopped, 0, 2);

            // when
            stopped.terminate();

            // then
            assertThat(stopped.exitCode(SECONDS)).isEqualTo(143);
            assertThat(stopped.stderr())
                    .contains("stopped in epoch", "the same command with --resume goes on")
                    .doesNotContain("\tat ");
        }
        assertThat(completed("resumed.onnx", "--checkpoint", checkpoints.toString(), "--resume"))
                .isEqualTo(expected);
    }

    @Test
    void sameSeedGivesTheSameFileAndAnotherSeedAnother() throws Exception {
        // when
        byte[] once = completed("once.onnx");
        byte[] again = completed("again.onnx");
        byte[] other = completed("other.onnx", "--seed", "12");

        // then
        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);
    }

    private byte[] completed(String out, String... more) throws Exception {
        try (LoadcastProcess train = train(out, more)) {
            assertThat(train.exitCode(SECONDS)).as(train.stderr()).isZero();
        }
        return Files.readAllBytes(directory.resolve(out));
    }

    private LoadcastProcess train(String out, String... more) {
        Stream<String> usual = Stream.of(
                "train",
                "--architecture",
                "gru",
                "--csv",
                directory.resolve("north.csv").toString(),
                "--out",
                directory.resolve(out).toString(),
                "--threads",
                "1",
                "--epochs",
                "4",
                "--batch",
                "8",
                "--average",
                "0.9");
        return LoadcastProcess.start(Stream.concat(usual, Arrays.stream(more)).toArray(String[]::new));
    }

    /** Until the checkpoint is that far in that epoch or later. */
    private static void awaitStep(Path checkpoints, LoadcastProcess process, int epochs, int steps) {
        Path file = checkpoints.resolve("checkpoint.bin");
        Awaitility.await().atMost(Duration.ofSeconds(SECONDS)).until(() -> {
            assertThat(process.isAlive()).as(process.stderr()).isTrue();
            return Files.exists(file) && isThere(file, epochs, steps);
        });
    }

    private static boolean isThere(Path file, int epochs, int steps) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            in.readInt(); // magic number
            in.readUTF(); // name of the run
            int done = in.readInt();
            return done > epochs || (done == epochs && in.readInt() >= steps);
        }
    }
}
