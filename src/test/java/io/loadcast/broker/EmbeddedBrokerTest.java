package io.loadcast.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final String TOPIC = "t";

    @TempDir
    Path directory;

    @Test
    void keepsRecordsAndPortOverARestart() throws Exception {
        // given
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            createTopic(broker);
            try (KafkaProducer<String, String> producer = producer(broker)) {
                send(producer, "before");

                // when, with a producer that stays connected
                broker.stop();
                broker.start();
                send(producer, "after");
            }

            // then
            assertThat(values(broker, 2)).containsExactly("before", "after");
        }
    }

    @Test
    void findsItsDataAgainUnderAnotherObjectAndPort() throws Exception {
        // given
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
                KafkaProducer<String, String> producer = producer(broker)) {
            createTopic(broker);
            send(producer, "kept");
        }

        // when
        try (EmbeddedBroker again = EmbeddedBroker.start(directory, 0)) {

            // then
            assertThat(values(again, 1)).containsExactly("kept");
        }
    }

    @Test
    void createsNoTopicBecauseSomeoneAsksForIt() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", "500"),
                        new StringSerializer(),
                        new StringSerializer());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // when
            assertThatThrownBy(() -> send(producer, "lost")).hasMessageContaining("not present in metadata");

            // then
            assertThat(admin.listTopics().names().get(10, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void deletesTemporaryDataOnClose() throws Exception {
        // given
        EmbeddedBroker broker = EmbeddedBroker.startTemporary();
        Path data = broker.directory();
        assertThat(data).isNotEmptyDirectory();

        // when
        broker.close();

        // then
        assertThat(Files.exists(data)).isFalse();
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        // given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // when, then
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, taken.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot start on 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }

    private static void createTopic(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), new StringSerializer());
    }

    private static void send(KafkaProducer<String, String> producer, String value) throws Exception {
        producer.send(new ProducerRecord<>(TOPIC, value)).get(30, TimeUnit.SECONDS);
    }

    private static List<String> values(EmbeddedBroker broker, int count) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
                return values.size() >= count;
            });
        }
        return values;
    }
}
