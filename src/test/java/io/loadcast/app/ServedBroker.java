package io.loadcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.TimeOrderedReadings;
import io.loadcast.forecasting.ModelId;
import io.loadcast.inference.ModelFile;
import io.loadcast.models.ModelCatalog;
import io.loadcast.models.ModelChanges;
import io.loadcast.models.ModelChanges.Role;
import io.loadcast.models.ModelDescriptor;
import io.loadcast.models.ModelRecord;
import io.loadcast.models.ModelScope;
import io.loadcast.models.ModelTopicWriter;
import io.loadcast.streaming.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker of a test's own, the servers at it, and what is written to its topics and read from them. Whoever started it closes it. */
public final class ServedBroker implements AutoCloseable {
    private static final Topics TOPICS = Topics.DEFAULT;
    private static final Instant PUBLISHED = Instant.parse("2026-11-22T20:00:00Z");

    private final Path directory;
    private final EmbeddedBroker broker;

    private ServedBroker(Path directory) {
        this.directory = directory;
        this.broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
    }

    public static ServedBroker start(Path directory) {
        return new ServedBroker(directory);
    }

    /** Breaks off, and comes back with what was written. */
    public void restart() {
        stop();
        comeBack();
    }

    public void stop() {
        broker.stop();
    }

    /** With what was written before it stopped. */
    public void comeBack() {
        broker.start();
    }

    public String servers() {
        return broker.bootstrapServers();
    }

    /** @param more settings beside those that any server here has; whoever started it closes it */
    public LoadcastServer serve(Map<String, Object> more) {
        return serve("state", more);
    }

    /** An instance with a state directory of this name. */
    public LoadcastServer serve(String state, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                servers(),
                "kafka.streams.default.state.dir",
                directory.resolve(state).toString(),
                "loadcast.default-holidays",
                "none",
                "loadcast.http.enabled",
                false,
                "loadcast.topics.partitions",
                2));
        settings.putAll(more);
        return LoadcastServer.start(settings, Optional.empty());
    }

    public void feed(List<HourlySeries> series, Speed speed) {
        try (ReadingsPublisher publisher =
                ReadingsPublisher.connect(Map.of("bootstrap.servers", servers()), TOPICS.readings(), "/test")) {
            publisher.publish(TimeOrderedReadings.of(series), speed, FeedProgress.NONE);
        }
    }

    /** As 'loadcast models' does it. */
    public void changeModels(Function<ModelCatalog, List<ModelRecord>> change) {
        ModelTopicWriter.change(Map.of("bootstrap.servers", servers()), TOPICS.models(), change);
    }

    /** Publishes a model in the topic. */
    public ModelId publish(byte[] file, @Nullable Role role, List<ModelScope> scopes) {
        ModelFile model = ModelFile.of("test", file);
        ModelDescriptor descriptor = new ModelDescriptor(
                model.id(),
                model.manifest().architecture(),
                model.manifest().lookbackHours(),
                model.manifest().horizonHours(),
                model.sizeBytes(),
                null,
                PUBLISHED);
        changeModels(catalog -> ModelChanges.publish(catalog, descriptor, file, role, scopes));
        return model.id();
    }

    /** The committed records of a topic. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return CommittedRecords.of(servers(), topic);
    }

    /** Their values. */
    public List<JsonNode> values(String topic) {
        return read(topic).stream().map(record -> Contract.json(record.value())).toList();
    }

    public List<JsonNode> forecasts() {
        return values(TOPICS.forecasts());
    }

    /** Waits until there are as many, and sees that there are no more. */
    public void awaitForecasts(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .until(() -> read(TOPICS.forecasts()).size() >= count);
        assertThat(read(TOPICS.forecasts())).hasSize(count);
    }

    @Override
    public void close() {
        broker.close();
    }
}
