package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.loadcast.reference.GeneratedRecord;
import io.loadcast.reference.Output;
import io.loadcast.reference.ReadingGenerator;
import io.loadcast.reference.Rules;
import io.loadcast.replay.ForecastDigest;
import io.loadcast.streaming.TopicAdministration;
import io.loadcast.streaming.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Replay equals live, as processes, over random records of every kind that spoils a feed: gaps, late and revised and suspect loads,
 * wrong clocks, records that are no readings. Live has every window for itself, and in the beginning every record too.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayKillIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_301);
    private static final Path DIRECTORY = FaultRuns.newDirectory("replay").toAbsolutePath();
    private static final Topics LIVE = FaultRuns.topics("replayed");
    private static final int ONE_BY_ONE = 150;
    private static final int RECORDS = 4_000;
    private static final int AFTERWARDS = 300;

    private static BrokerCluster broker;
    private static KafkaProducer<byte[], byte[]> producer;
    private static ReadingGenerator generator;
    private static ForecastDigest live;
    private static long expectedForecasts;

    @BeforeAll
    static void liveRun() {
        System.out.println("faults: seed " + SEED);
        broker = BrokerCluster.start(DIRECTORY, 1, FaultRuns.QUICK_BROKER);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        generator = new ReadingGenerator(SEED, Rules.DEFAULT);
        try (TopicAdministration administration =
                TopicAdministration.connect(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            administration.createMissing(LIVE, DisturbedRun.PARTITIONS, Optional.empty());
        }
        Map<String, String> settings = new HashMap<>(FaultRuns.QUICK_APPLICATION);
        settings.putAll(FaultRuns.settingsOf("replayed", LIVE));
        settings.put("loadcast.forecast.batch-size", "1");
        try (ServeProcess serve =
                        new ServeProcess(DIRECTORY, "live", broker.bootstrapServers(), settings, Map.of(), 0);
                CommittedForecasts forecasts = new CommittedForecasts(broker.bootstrapServers(), LIVE.forecasts());
                GroupView group = new GroupView(broker.admin(), "replayed", LIVE.readings())) {
            for (int i = 1; i <= ONE_BY_ONE; i++) {
                send(1);
                int sent = i;
                DisturbedRun.await(() -> group.committedReadings() == sent);
            }
            send(RECORDS - ONE_BY_ONE);
            DisturbedRun.await(() -> forecasts.count() >= expectedForecasts);
            serve.process().terminate();
        }
        live = digest(LIVE.forecasts(), Set.of());
        assertThat(live.forecasts()).isEqualTo(expectedForecasts).isGreaterThan(RECORDS / 2);
        System.out.println("faults: live: " + live.forecasts() + " forecasts of "
                + live.regions().size() + " regions, " + live.sha256());
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    private static void send(int count) {
        for (int i = 0; i < count; i++) {
            GeneratedRecord record = generator.next();
            if (record.reading() != null) {
                expectedForecasts += generator.region(record.region()).take(record.reading()).outputs().stream()
                        .filter(Output.Forecast.class::isInstance)
                        .count();
            }
            producer.send(new ProducerRecord<>(LIVE.readings(), null, 978_307_200_000L, record.key(), record.value()));
        }
        producer.flush();
    }

    private static ForecastDigest digest(String topic, Set<String> regions) {
        return new ForecastDigest(regions, Optional.empty(), Optional.empty())
                .read(Map.of("bootstrap.servers", broker.bootstrapServers()), topic);
    }

    private static ChildJvm replay(String name, String... further) {
        List<String> arguments = new ArrayList<>(List.of("replay", "-b", broker.bootstrapServers()));
        arguments.addAll(List.of("--topic", LIVE.readings(), "--dead-letters", LIVE.deadLetters()));
        arguments.addAll(List.of(
                "--out-suffix", name, "--state-dir", DIRECTORY.resolve(name).toString()));
        arguments.addAll(List.of("--json", "--set", "loadcast.default-holidays=none"));
        FaultRuns.QUICK_APPLICATION.forEach((key, value) -> {
            if (key.startsWith("kafka.")) {
                arguments.addAll(List.of("--set", key + "=" + value));
            }
        });
        arguments.addAll(List.of(further));
        return ChildJvm.start(
                DIRECTORY.resolve(name + ".log"), List.of("-Xmx512m"), "io.loadcast.cli.Loadcast", arguments);
    }

    private static void awaitEnd(ChildJvm replay) {
        DisturbedRun.await(() -> !replay.isAlive());
        assertThat(replay.exitCode()).isZero();
    }

    @Test
    void aReplayInBatchesHasTheDigestOfLiveThatForecastOneByOne() throws IOException {
        try (ChildJvm replay = replay("batches")) {
            // when
            awaitEnd(replay);
        }

        // then
        ForecastDigest replayed = digest("loadcast.forecasts.v1.batches", Set.of());
        assertThat(replayed.regions()).isEqualTo(live.regions());
        assertThat(replayed.sha256()).isEqualTo(live.sha256());
        JsonNode summary = summary("batches");
        assertThat(summary.get("records").asLong()).isGreaterThanOrEqualTo(RECORDS);
        assertThat(summary.at("/forecasts/sha256").asText()).isEqualTo(live.sha256());
        assertThat(summary.at("/dead_letters/too-late").asLong()).isPositive();
    }

    /** The document at the end of a log. */
    private static JsonNode summary(String name) throws IOException {
        String log = Files.readString(DIRECTORY.resolve(name + ".log"));
        return new JsonMapper().readTree(log.substring(log.indexOf("\n{") + 1));
    }

    @Test
    @Order(Integer.MAX_VALUE) // the topic is longer from then on than what live was seen to make of it
    void aReplayThatIsKilledAndResumedWhileTheTopicGrowsHasTheDigestOfLive() {
        // given
        Random random = new Random(SEED);
        EngineProbe probe = EngineProbe.map(DIRECTORY.resolve("killed.probe"));
        probe.setPaceMillis(60);
        String[] paced = {
            "--set",
            EngineObservation.PROBE + "=" + DIRECTORY.resolve("killed.probe"),
            "--set",
            "loadcast.forecast.batch-size=16"
        };
        List<Long> left = new ArrayList<>();

        // when
        for (int kill = 0; kill < 3; kill++) {
            try (ChildJvm replay = replay("killed", paced);
                    GroupView group = new GroupView(broker.admin(), "loadcast-replay-killed", LIVE.readings())) {
                long target = probe.windows() + 100 + random.nextInt(300);
                DisturbedRun.await(() -> probe.windows() >= target && probe.isInside());
                replay.kill();
                left.add(group.readings() - group.committedReadings());
            }
            send(AFTERWARDS / 3);
        }
        probe.setPaceMillis(0);
        try (ChildJvm replay = replay("killed", paced)) {
            awaitEnd(replay);
        }

        // then
        System.out.println("faults: records left at the kills " + left);
        assertThat(left).allSatisfy(records -> assertThat(records).isPositive());
        assertThat(digest("loadcast.forecasts.v1.killed", Set.of()).regions()).isEqualTo(live.regions());
    }

    @Test
    void aReplayOfSomeRegionsHasTheirDigests() {
        // given
        List<String> some = live.regions().keySet().stream().limit(3).toList();

        // when
        try (ChildJvm replay = replay("some", "--regions", String.join(",", some))) {
            awaitEnd(replay);
        }

        // then
        assertThat(digest("loadcast.forecasts.v1.some", Set.of()).regions())
                .isEqualTo(digest(LIVE.forecasts(), Set.copyOf(some)).regions())
                .hasSize(3);
    }
}
