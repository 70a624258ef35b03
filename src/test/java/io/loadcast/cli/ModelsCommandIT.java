package io.loadcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code loadcast models} as processes, against a broker. */
class ModelsCommandIT {
    private static final int SECONDS = 90;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private record Ended(int exitCode, String stdout, String stderr) {}

    @Test
    void aModelIsPublishedPromotedRolledBackAndRetired() throws Exception {
        // given
        byte[] file = TestModels.shippedAs("gru-attention", "2");
        String sha256 = ModelFile.sha256(file);
        Path model = Files.write(directory.resolve("2.onnx"), file);
        Path bad = Files.write(directory.resolve("bad.onnx"), TestModels.notANumber());
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
            String brokers = broker.bootstrapServers();
            assertThat(models(brokers, "list").stderr())
                    .contains("topic loadcast.models.v1 does not exist", "loadcast topics create");
            assertThat(run("topics", "create", "-b", brokers).exitCode()).isZero();

            // when, then
            Ended published = models(brokers, "publish", model.toString());
            assertThat(published.exitCode()).as(published.stderr()).isZero();
            assertThat(published.stdout()).contains("nothing is assigned", sha256.substring(0, 12), "1,908,077");

            Ended promoted = models(brokers, "promote", "gru-attention@2", "--regions", "AEP,DUQ");
            assertThat(promoted.exitCode()).as(promoted.stderr()).isZero();
            assertThat(champions(brokers)).containsExactly("AEP=" + sha256, "DUQ=" + sha256);

            Ended rolledBack = models(brokers, "rollback", "--regions", "AEP");
            assertThat(rolledBack.exitCode()).as(rolledBack.stderr()).isZero();
            assertThat(rolledBack.stdout())
                    .as("as it is afterwards")
                    .contains("DUQ")
                    .doesNotContain("AEP");
            assertThat(champions(brokers)).containsExactly("DUQ=" + sha256);

            Ended retired = models(brokers, "retire", sha256.substring(0, 6));
            assertThat(retired.exitCode()).isEqualTo(1);
            assertThat(retired.stderr()).contains("is champion of region DUQ; promote another there first");

            Ended refused = models(brokers, "publish", bad.toString(), "--role", "champion");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.stderr())
                    .contains("its forecast 1 h ahead is NaN")
                    .doesNotContain("\tat ");
            assertThat(champions(brokers)).containsExactly("DUQ=" + sha256);

            Ended elsewhere = models(
                    brokers, "publish", model.toString(), "--uri", bad.toUri().toString());
            assertThat(elsewhere.exitCode()).isEqualTo(1);
            assertThat(elsewhere.stderr()).contains("bytes, not 1908077");
        }
    }

    @Test
    void whereNothingWasScoredJudgeSaysSoAndRefusesNumbersOutOfRange() throws Exception {
        // given
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
            String brokers = broker.bootstrapServers();

            // when, then
            Ended early = models(brokers, "judge");
            assertThat(early.exitCode()).isEqualTo(1);
            assertThat(early.stderr())
                    .contains("topic loadcast.accuracy.v1 does not exist")
                    .doesNotContain("\tat ");

            assertThat(run("topics", "create", "-b", brokers).exitCode()).isZero();
            Ended judged = models(brokers, "judge", "--promote");
            assertThat(judged.exitCode()).as(judged.stderr()).isZero();
            assertThat(judged.stdout()).contains("no challenger was scored in the newest 168 hours");

            Ended refused = models(brokers, "judge", "--hours", "10");
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.stderr()).contains("--hours is 10; from 48 to 168");
        }
    }

    private List<String> champions(String brokers) throws Exception {
        JsonNode list = JSON.readTree(models(brokers, "list", "--json").stdout());
        List<String> champions = new ArrayList<>();
        list.get("assignments")
                .forEach(assignment -> champions.add(assignment.get("regions").asText() + "="
                        + assignment.get("champion").asText()));
        return champions;
    }

    private Ended models(String brokers, String command, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("models", command, "-b", brokers));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private static Ended run(String... arguments) throws Exception {
        try (LoadcastProcess process = LoadcastProcess.start(arguments)) {
            int exitCode = process.exitCode(SECONDS);
            return new Ended(exitCode, process.stdout(), process.stderr());
        }
    }
}
