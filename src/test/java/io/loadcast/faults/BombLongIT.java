package io.loadcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.app.CommittedRecords;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Records of ten megabytes on a topic that allows them, and batches that unpack to more than the program's whole memory: dead letters, while
 * forecasts go on. {@code mvn -B verify -Pfaults}.
 */
class BombLongIT {
    private static final long SEED = Long.getLong("loadcast.faults.seed", 20_180_101);
    private static final int BYTES = 10_000_000;
    private static final int BATCHES = 3;
    private static final int RECORDS_IN_BATCH = 40;

    private final Map<String, Integer> sizes = new HashMap<>();

    @Test
    void bombsBecomeDeadLettersAndMemoryIsBounded() throws ExecutionException, InterruptedException {
        System.out.println("faults: seed " + SEED);
        Path directory = FaultRuns.newDirectory("bombs");
        try (BrokerCluster broker = BrokerCluster.start(
                        directory,
                        1,
                        Map.of("group.min.session.timeout.ms", "1000", "socket.request.max.bytes", "209715200"));
                DisturbedRun run = new DisturbedRun(
                        broker, directory.resolve("run"), "run", SEED, 300, 20, FaultRuns.QUICK_APPLICATION)) {
            // given
            allowLargeRecords(broker, run.topics().readings());
            ServeProcess only = run.startInstance("only");
            run.awaitForecasts(1_000);
            long quiet = run.recoveryMillis();

            // when
            String region = run.aRegion();
            send(broker, run.topics().readings(), "none", 1, region, List.of(nested(), number(), string()));
            send(broker, run.topics().readings(), "gzip", BATCHES, region, many(string()));
            send(broker, run.topics().readings(), "lz4", BATCHES, region, many(number()));
            long pause = run.recoveryMillis();

            // then
            String letters = run.topics().deadLetters();
            Awaitility.await()
                    .atMost(DisturbedRun.PATIENCE)
                    .until(() -> CommittedRecords.of(broker.bootstrapServers(), letters)
                                    .size()
                            >= sizes.size());
            requireDeadLetters(broker, letters);
            System.out.println("faults: " + sizes.size() + " bombs; every region went on after " + pause + " ms, "
                    + quiet + " ms without; peak of resident memory "
                    + only.process().peakKilobytes() / 1024 + " MB");
            assertThat(only.said("OutOfMemory")).isFalse();
            assertThat(only.said("is replaced")).isFalse();
            FaultRuns.requireExactlyOnce(run);
        }
    }

    private static byte[] nested() {
        return ("{\"load_mw\":" + "[".repeat(BYTES)).getBytes(UTF_8);
    }

    private static byte[] number() {
        return ("{\"load_mw\":" + "9".repeat(BYTES) + "}").getBytes(UTF_8);
    }

    private static byte[] string() {
        return ("{\"region\":\"" + "x".repeat(BYTES) + "\"}").getBytes(UTF_8);
    }

    private static List<byte[]> many(byte[] value) {
        return java.util.Collections.nCopies(RECORDS_IN_BATCH, value);
    }

    private static void allowLargeRecords(BrokerCluster broker, String topic)
            throws ExecutionException, InterruptedException {
        AlterConfigOp set =
                new AlterConfigOp(new ConfigEntry("max.message.bytes", "104857600"), AlterConfigOp.OpType.SET);
        try (Admin admin = broker.admin()) {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
                    .all()
                    .get();
        }
    }

    /** Each batch is one on disk: all records of it have the same key, and it is sent when it is whole. */
    private void send(
            BrokerCluster broker, String topic, String compression, int batches, String region, List<byte[]> values) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "compression.type",
                compression,
                "batch.size",
                String.valueOf(compression.equals("none") ? 16_384 : 450_000_000),
                "linger.ms",
                "60000",
                "max.request.size",
                "104857600",
                "buffer.memory",
                "1000000000");
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int batch = 0; batch < batches; batch++) {
                for (byte[] value : values) {
                    String id = compression + "-" + sizes.size();
                    sizes.put(id, value.length);
                    producer.send(new ProducerRecord<>(
                            topic,
                            null,
                            0L,
                            region.getBytes(UTF_8),
                            value,
                            List.of(new RecordHeader("bomb", id.getBytes(UTF_8)))));
                }
                producer.flush();
            }
        }
    }

    private void requireDeadLetters(BrokerCluster broker, String topic) {
        Map<String, Integer> seen = new HashMap<>();
        CommittedRecords.forEach(broker.bootstrapServers(), topic, letter -> {
            assertThat(CommittedRecords.header(letter, "loadcast_reason")).isEqualTo("too-large");
            String id = CommittedRecords.header(letter, "bomb");
            int size = Integer.parseInt(CommittedRecords.header(letter, "loadcast_original_value_bytes"));
            assertThat(seen.put(id, size)).as("%s came before", id).isNull();
        });
        assertThat(seen).isEqualTo(sizes);
    }
}
