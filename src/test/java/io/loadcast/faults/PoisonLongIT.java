package io.loadcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.app.CommittedRecords;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Reading;
import io.loadcast.feed.SyntheticGrid;
import io.loadcast.feed.TimeOrderedReadings;
import io.loadcast.streaming.TopicAdministration;
import io.loadcast.streaming.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * A million readings with one record of poison among a hundred: what comes out is what comes out without it, and every bad record is a
 * dead letter with its reason. {@code mvn -B verify -Pfaults}.
 */
class PoisonLongIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final int READINGS = Integer.getInteger("loadcast.faults.poison-readings", 1_000_000);
    private static final int REGIONS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Random random = new Random(SEED);
    private final Map<String, String> reasons = new HashMap<>();
    private final EnumMap<Poison, Integer> kinds = new EnumMap<>(Poison.class);
    private final Map<String, Instant> newest = new HashMap<>();
    private long good;

    @Test
    void goodReadingsAreForecastAsWithoutItAndBadOnesAreDeadLetters() {
        System.out.println("faults: seed " + SEED);
        Path directory = FaultRuns.newDirectory("poison");
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER)) {
            // given
            Topics poisoned = createTopics(broker, "poisoned");
            Topics clean = createTopics(broker, "clean");
            publish(broker.bootstrapServers(), poisoned.readings(), clean.readings());

            // when
            double poisonedRate = serve(broker, directory, "poisoned", poisoned);
            double cleanRate = serve(broker, directory, "clean", clean);

            // then
            System.out.printf(
                    "faults: %d good readings, %d bad ones %s; %.0f records/s with poison, %.0f without%n",
                    good, reasons.size(), kinds, poisonedRate, cleanRate);
            requireDeadLetters(broker.bootstrapServers(), poisoned.deadLetters());
            assertThat(CommittedRecords.of(broker.bootstrapServers(), clean.deadLetters()))
                    .isEmpty();
            Tally forecasts = OutputVerifier.compare(
                    OutputKind.FORECAST, broker.bootstrapServers(), clean.forecasts(), poisoned.forecasts());
            System.out.println("faults:   forecasts " + forecasts);
            assertThat(forecasts).matches(Tally::isExactlyOnce, "is exactly once");
            assertThat(forecasts.expected()).isEqualTo(good);
            Tally scores = OutputVerifier.compare(
                    OutputKind.SCORE, broker.bootstrapServers(), clean.accuracy(), poisoned.accuracy());
            System.out.println("faults:   scores    " + scores);
            assertThat(scores).matches(Tally::isExactlyOnce, "is exactly once");
        }
    }

    private static Topics createTopics(BrokerCluster broker, String name) {
        Topics topics = FaultRuns.topics(name);
        try (TopicAdministration administration =
                TopicAdministration.connect(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            administration.createMissing(topics, DisturbedRun.PARTITIONS, Optional.empty());
        }
        return topics;
    }

    private void publish(String servers, String poisoned, String clean) {
        List<HourlySeries> grid = new SyntheticGrid(REGIONS, ZoneId.of("Europe/Berlin"), SEED)
                .seriesBefore(Instant.parse("2024-04-10T00:00:00Z"), READINGS / REGIONS);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", servers, "linger.ms", "20", "batch.size", "131072", "compression.type", "lz4");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Reading reading : TimeOrderedReadings.of(grid)) {
                Poison.Source source = new Poison.Source(
                        reading.region().name(), reading.validTime().toString(), Double.toString(reading.loadMw()));
                byte[] key = source.region().getBytes(UTF_8);
                byte[] value = source.json(source.region(), source.time(), source.load());
                long time = reading.validTime().toEpochMilli();
                producer.send(new ProducerRecord<>(clean, null, time, key, value));
                producer.send(new ProducerRecord<>(poisoned, null, time, key, value));
                good++;
                newest.put(source.region(), reading.validTime());
                if (random.nextInt(100) == 0) {
                    producer.send(poison(poisoned, source, key, time));
                }
            }
        }
    }

    private ProducerRecord<byte[], byte[]> poison(String topic, Poison.Source source, byte[] key, long time) {
        Poison kind = Poison.values()[random.nextInt(Poison.values().length)];
        String id = kind + "-" + reasons.size();
        reasons.put(id, kind.reason());
        kinds.merge(kind, 1, Integer::sum);
        RecordHeader header = new RecordHeader("poison", id.getBytes(UTF_8));
        return new ProducerRecord<>(topic, null, time, key, kind.value(source, random), List.of(header));
    }

    /** Until every record of its readings topic is processed and committed; records a second from its start to then. */
    private double serve(BrokerCluster broker, Path directory, String name, Topics topics) {
        Map<String, String> settings = new HashMap<>(FaultRuns.settingsOf(name, topics));
        settings.put("loadcast.accuracy.lead-hours", "1");
        long from = System.nanoTime();
        try (ServeProcess process =
                        new ServeProcess(directory, name, broker.bootstrapServers(), settings, Map.of(), 0);
                CommittedForecasts forecasts = new CommittedForecasts(broker.bootstrapServers(), topics.forecasts());
                GroupView group = new GroupView(broker.admin(), name, topics.readings())) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> !process.process().isAlive()
                            || forecasts.haveReached(newest) && group.committedReadings() == group.readings());
            double seconds = (System.nanoTime() - from) / 1e9;
            assertThat(process.process().isAlive()).isTrue();
            process.process().terminate();
            return group.readings() / seconds;
        }
    }

    private void requireDeadLetters(String servers, String topic) {
        Map<String, Integer> wrong = new HashMap<>();
        Set<String> seen = new HashSet<>();
        CommittedRecords.forEach(servers, topic, letter -> {
            String id = CommittedRecords.header(letter, "poison");
            String reason = CommittedRecords.header(letter, "loadcast_reason");
            if (!seen.add(id)) {
                wrong.merge("doubled " + id.replaceAll("-.*", ""), 1, Integer::sum);
            }
            if (!reason.equals(reasons.get(id))) {
                wrong.merge(id.replaceAll("-.*", "") + " as " + reason, 1, Integer::sum);
            }
        });
        System.out.println("faults: " + seen.size() + " dead letters of " + reasons.size() + "; wrong " + wrong);
        assertThat(wrong).isEmpty();
        assertThat(seen).isEqualTo(reasons.keySet());
    }
}
