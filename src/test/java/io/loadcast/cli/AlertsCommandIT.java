package io.loadcast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.app.CommittedRecords;
import io.loadcast.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts from the readings topic to the sample consumer, over a {@code kill -9} between what raises them and what clears them. */
class AlertsCommandIT {
    private static final int SECONDS = 90;
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final String KINDS = "flatline,feed-silent,dead-letters";

    /** The kill comes after this hour. */
    private static final int FIRST_PART = 160;

    @TempDir
    Path directory;

    private static Instant at(int hour) {
        return START.plus(Duration.ofHours(hour));
    }

    /** Loads by day and hour that never repeat, but where they are told to be flat. */
    private static void write(Path file, int from, int to, IntPredicate isRead, IntPredicate isFlat)
            throws IOException {
        StringBuilder csv = new StringBuilder("time,load_mw\n");
        for (int hour = from; hour < to; hour++) {
            if (isRead.test(hour)) {
                double loadMw = isFlat.test(hour) ? 1000 : 1000 + 100 * Math.sin(2 * Math.PI * hour / 24) + hour % 7;
                csv.append(String.format(Locale.ROOT, "%s,%.1f%n", at(hour), loadMw));
            }
        }
        Files.writeString(file, csv);
    }

    private Path feed(String name, int from, int to) throws IOException {
        Path feed = Files.createDirectory(directory.resolve(name));
        write(feed.resolve("east.csv"), from, to, hour -> true, hour -> hour >= 150 && hour < FIRST_PART);
        write(feed.resolve("north.csv"), from, to, hour -> hour <= 140 || hour >= FIRST_PART, hour -> false);
        write(feed.resolve("west.csv"), from, to, hour -> true, hour -> false);
        return feed;
    }

    private LoadcastProcess serve(EmbeddedBroker broker) {
        LoadcastProcess serve = LoadcastProcess.start(
                "serve",
                "--no-http",
                "-b",
                broker.bootstrapServers(),
                "--state-dir",
                directory.resolve("state").toString(),
                "--set",
                "loadcast.topics.partitions=1");
        Awaitility.await()
                .atMost(Duration.ofSeconds(SECONDS))
                .until(() -> serve.stderr().contains("running") || !serve.isAlive());
        assertThat(serve.isAlive()).as(serve.stderr()).isTrue();
        return serve;
    }

    private static String run(String... arguments) throws Exception {
        try (LoadcastProcess process = LoadcastProcess.start(arguments)) {
            assertThat(process.exitCode(SECONDS)).as(process.stderr()).isZero();
            return process.stdout();
        }
    }

    private static void sendDeadLetters(EmbeddedBroker broker, int count) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>("loadcast.readings.v1", "east".getBytes(UTF_8), new byte[] {'x'}));
            }
        }
    }

    private static void awaitLines(LoadcastProcess follow, int lines) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(SECONDS))
                .untilAsserted(() -> assertThat(follow.stdout().lines()).hasSize(lines));
    }

    @Test
    void whatARunRaisesAnotherClearsAfterAKillAndASubscriberSeesEachOnce() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
            String servers = broker.bootstrapServers();
            LoadcastProcess killed = serve(broker);
            try (LoadcastProcess follow = LoadcastProcess.start("alerts", "-b", servers, "--follow", "--kind", KINDS)) {
                // given
                run("feed", "--csv", feed("first", 0, FIRST_PART).toString(), "-b", servers);
                awaitLines(follow, 2);
                sendDeadLetters(broker, 25);
                awaitLines(follow, 3);

                // when
                killed.kill();
                run("feed", "--csv", feed("second", FIRST_PART, 200).toString(), "-b", servers);
                try (LoadcastProcess serve = serve(broker)) {
                    awaitLines(follow, 5);
                    serve.terminate();
                    serve.exitCode(SECONDS);
                }
                follow.terminate();

                // then
                assertThat(follow.exitCode(SECONDS)).isEqualTo(143);
                assertThat(follow.stdout()
                                .lines()
                                .map(line -> line.split(" {2,}"))
                                .map(words -> words[0] + " " + words[1] + " " + words[3]))
                        .containsExactlyInAnyOrder(
                                at(148) + " raised feed-silent",
                                at(155) + " raised flatline",
                                at(159) + " raised dead-letters",
                                at(160) + " cleared feed-silent",
                                at(162) + " cleared flatline");
            } finally {
                killed.close();
            }
            assertThat(CommittedRecords.of(servers, "loadcast.alerts.v1"))
                    .extracting(record -> CommittedRecords.header(record, "ce_id"))
                    .doesNotHaveDuplicates()
                    .contains("feed-silent/north/" + at(148) + "/raised", "feed-silent/north/" + at(148) + "/cleared");
            List<String> active = run("alerts", "-b", servers, "--active", "--json", "--kind", KINDS)
                    .lines()
                    .toList();
            assertThat(active).hasSize(1);
            JsonNode alert = Contract.json(active.get(0).getBytes(UTF_8));
            assertThat(Contract.of("alert").violations(alert)).isEmpty();
            assertThat(alert.get("id").asText()).isEqualTo("dead-letters/0/" + at(159) + "/0");
            try (LoadcastProcess mistyped =
                    LoadcastProcess.start("alerts", "-b", servers, "--region", "nroth,north", "--kind", "peak-above")) {
                assertThat(mistyped.exitCode(SECONDS)).isZero();
                assertThat(mistyped.stderr())
                        .contains("none so far", "no reading of nroth is on topic loadcast.readings.v1");
            }
            assertThat(run("alerts", "-b", servers, "--region", "north", "--kind", KINDS)
                            .lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("feed-silent"));
        }
    }

    @Test
    void aTopicThatDoesNotExistIsNamedWithARemedy() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                LoadcastProcess alerts = LoadcastProcess.start("alerts", "-b", broker.bootstrapServers())) {
            assertThat(alerts.exitCode(SECONDS)).isEqualTo(1);
            assertThat(alerts.stderr())
                    .contains("topic loadcast.alerts.v1 does not exist")
                    .contains("--topic")
                    .doesNotContain("\tat ");
        }
    }
}
