package io.loadcast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

            Ended ahead = models(brokers, "promote", "gru-attention@2", "--regions", "NOPE");
            assertThat(ahead.exitCode()).as("a model may come before its feed").isZero();
            assertThat(ahead.stderr()).contains("no reading of NOPE is on topic loadcast.readings.v1");
            assertThat(models(brokers, "rollback", "--regions", "NOPE").exitCode())
                    .isZero();

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

    @Test
    void aListHasTheRunningScoresOfTheModelInForceAndOfItsChallengers() throws Exception {
        // given
        byte[] file = TestModels.shippedAs("gru-attention", "2");
        String challenger = ModelFile.sha256(file);
        Path model = Files.write(directory.resolve("2.onnx"), file);
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
            String brokers = broker.bootstrapServers();
            assertThat(run("topics", "create", "-b", brokers).exitCode()).isZero();
            assertThat(models(brokers, "publish", model.toString(), "--role", "challenger")
                            .exitCode())
                    .isZero();
            assertThat(models(brokers, "list").stdout()).contains("challenger", "not scored yet");
            String champion = "a".repeat(64);
            score(brokers, "AEP", "champion", "b".repeat(64), 9.0); // was replaced
            score(brokers, "AEP", "champion", champion, 2.0);
            score(brokers, "DUQ", "champion", champion, 1.0);
            score(brokers, "AEP", "challenger", challenger, 0.5);
            score(brokers, "AEP", "challenger", "c".repeat(64), 0.25); // challenges no more

            // when
            JsonNode scores =
                    JSON.readTree(models(brokers, "list", "--json").stdout()).get("scores");
            String table = models(brokers, "list").stdout();

            // then
            assertThat(scores).hasSize(2);
            assertThat(scores.at("/0/role").asText()).isEqualTo("champion");
            assertThat(scores.at("/0/sha256").asText()).isEqualTo(champion);
            assertThat(scores.at("/0/regions").asInt()).isEqualTo(2);
            assertThat(scores.at("/0/smape_168h_pct").asDouble()).isEqualTo(1.5);
            assertThat(scores.at("/0/baseline_smape_168h_pct").asDouble()).isEqualTo(3);
            assertThat(scores.at("/1/role").asText()).isEqualTo("challenger");
            assertThat(scores.at("/1/sha256").asText()).isEqualTo(challenger);
            assertThat(scores.at("/1/smape_168h_pct").asDouble()).isEqualTo(0.5);
            assertThat(table).containsPattern("champion +m@1 \\(aaaaaaaaaaaa\\) +2 +24 h +1.500 +3.000");
            assertThat(table).doesNotContain("not scored yet");
        }
    }

    /** With twice the sMAPE for the baseline. */
    private static void score(String brokers, String region, String role, String sha256, double smapePct) {
        String score = String.format(
                Locale.ROOT,
                "{'region':'%s','lead_hours':24,'role':'%s','model':'m','model_version':'1','model_sha256':'%s',"
                        + "'smape_168h_pct':%s,'baseline_smape_168h_pct':%s}",
                region,
                role,
                sha256,
                smapePct,
                2 * smapePct);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", brokers),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                    "loadcast.accuracy.v1",
                    region.getBytes(UTF_8),
                    score.replace('\'', '"').getBytes(UTF_8)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "publish                                | Give FILE, the model file to publish.",
                "publish --uri http://h.example/m.onnx  | Give FILE beside --uri",
                "publish http://h.example/m.onnx        | fetch it, and give FILE --uri http://h.example/m.onnx",
                "publish m.onnx --uri m.onnx            | to put a file into the topic, give the file and no --uri",
                "publish m.onnx --role boss             | CHAMPION, CHALLENGER",
            })
    void aFileAndAUriThatAreTakenForOneAnotherAreTold(String line, String told) throws Exception {
        Ended ended = run(("models " + line + " -b x:1").split(" +"));
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.stderr()).contains(told);
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
