package io.loadcast.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.domain.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The publisher against a real broker. */
class ReadingsPublisherBrokerTest {
    private static final TimeOrderedReadings READINGS = TimeOrderedReadings.of(
            new SyntheticGrid(4, ZoneOffset.UTC, 1).seriesBefore(Instant.parse("2021-01-01T00:00:00Z"), 500));

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.startTemporary();
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @Test
    void deliversEveryReadingOnceAndInOrder() throws Exception {
        // given
        createTopic("plain");

        // when
        FeedSummary summary = publish("plain", Speed.MAX, FeedProgress.NONE);

        // then
        assertThat(summary.readings()).isEqualTo(2000);
        assertThat(ids("plain")).containsExactlyElementsOf(expectedIds());
    }

    @Test
    void losesAndReordersNothingOverAnOutageAndRepeatsAtMostABatch() throws Exception {
        // given a feed that is under way
        createTopic("outage");
        AtomicLong handedOver = new AtomicLong();
        CompletableFuture<FeedSummary> feed = CompletableFuture.supplyAsync(
                () -> publish("outage", new Speed(250), (validTime, readings) -> handedOver.set(readings)));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> handedOver.get() > 200);

        // when
        broker.stop();
        broker.start();

        // then
        assertThat(feed.get(60, TimeUnit.SECONDS).readings()).isEqualTo(2000);
        List<String> ids = ids("outage");
        assertThat(new LinkedHashSet<>(ids)).containsExactlyElementsOf(expectedIds());
        assertThat(ids).hasSizeBetween(2000, 2100);
    }

    @Test
    void saysThatTheTopicIsMissing() {
        assertThatThrownBy(() -> publish("nowhere", Speed.MAX, FeedProgress.NONE))
                .isInstanceOf(FeedException.class)
                .hasMessageStartingWith("topic nowhere does not exist on " + broker.bootstrapServers());
    }

    @Test
    void saysThatAPropertyIsWrong() {
        Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers(), "security.protocol", "NONE");
        assertThatThrownBy(() -> ReadingsPublisher.connect(kafka, "t", "/test"))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("security.protocol");
    }

    private static FeedSummary publish(String topic, Speed speed, FeedProgress progress) {
        Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (ReadingsPublisher publisher = ReadingsPublisher.connect(kafka, topic, "/test")) {
            return publisher.publish(READINGS, speed, progress);
        }
    }

    private static List<String> expectedIds() {
        List<String> ids = new ArrayList<>();
        for (Reading reading : READINGS) {
            ids.add(reading.region() + "@" + reading.validTime().toEpochMilli());
        }
        return ids;
    }

    private static void createTopic(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }

    private static List<String> ids(String topic) {
        List<String> ids = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    ids.add(record.key() + "@" + record.timestamp());
                }
                return consumer.position(partition) >= end;
            });
        }
        return ids;
    }
}
