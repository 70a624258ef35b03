package io.loadcast.faults;

import io.loadcast.app.CommittedRecords;
import io.loadcast.forecasting.ModelId;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.TestModels;
import io.loadcast.models.ModelChanges;
import io.loadcast.models.ModelDescriptor;
import io.loadcast.models.ModelScope;
import io.loadcast.models.ModelTopicWriter;
import io.loadcast.streaming.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/**
 * One instance whose champion is switched to and fro while readings come. Each switch waits until a forecast by the new model is
 * committed. For one thread; whoever made it closes it.
 */
final class ModelSwitches implements AutoCloseable {
    static final int REGIONS = 24;
    private static final int WARM_UP_HOURS = 120;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** All of the heap is resident from the start, so that what grows is memory outside of it: that of models. The other is set by the launcher. */
    private static final Map<String, String> RESIDENT_HEAP =
            Map.of("JAVA_TOOL_OPTIONS", "-Xms512m -XX:+AlwaysPreTouch", "MALLOC_MMAP_THRESHOLD_", "131072");

    private final BrokerCluster broker;
    private final Topics topics = FaultRuns.topics("switches");
    private final ServeProcess instance;
    private final SteadyReadings readings;
    private final NewestModel newest;
    private final List<ModelDescriptor> models = new ArrayList<>();
    private final List<Long> kilobytes = new ArrayList<>();
    private final List<Duration> untilForecast = new ArrayList<>();

    ModelSwitches(BrokerCluster broker, Path directory) {
        this.broker = broker;
        Map<String, String> settings = new TreeMap<>(FaultRuns.settingsOf("switches", topics));
        settings.put("loadcast.topics.partitions", "2");
        // Tables in memory grow to 16 MB each before they are written, for hours under this load: no matter of models.
        settings.put(SmallMemtables.SETTING, SmallMemtables.class.getName());
        settings.put("kafka.streams.default.num.stream.threads", "2");
        this.instance = new ServeProcess(directory, "switched", broker.bootstrapServers(), settings, RESIDENT_HEAP, 0);
        Awaitility.await().atMost(PATIENCE).until(() -> instance.said("loadcast serve: running"));
        this.newest = new NewestModel(broker.bootstrapServers(), topics.forecasts());
        this.readings = new SteadyReadings(broker.bootstrapServers(), topics.readings(), REGIONS);
        publish(TestModels.shippedAs("gru-attention", "2"));
        publish(TestModels.shippedAs("gru-attention", "3"));
        Awaitility.await().atMost(PATIENCE).until(() -> newest.count() > (long) REGIONS * WARM_UP_HOURS);
    }

    private void publish(byte[] file) {
        ModelFile model = ModelFile.of("test", file);
        ModelDescriptor descriptor = new ModelDescriptor(
                model.id(),
                model.manifest().architecture(),
                model.manifest().lookbackHours(),
                model.manifest().horizonHours(),
                file.length,
                null,
                Instant.EPOCH);
        models.add(descriptor);
        ModelTopicWriter.change(
                kafka(), topics.models(), catalog -> ModelChanges.publish(catalog, descriptor, file, null, List.of()));
    }

    private Map<String, String> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /** Switches so often, and measures the process after each switch. */
    void run(int switches) {
        for (int i = 0; i < switches; i++) {
            ModelDescriptor next = models.get(i % 2);
            ModelTopicWriter.change(
                    kafka(),
                    topics.models(),
                    catalog -> ModelChanges.promote(catalog, next, List.of(ModelScope.ALL), Instant.EPOCH));
            long committed = System.nanoTime();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> newest.sha256().equals(next.id().sha256()));
            untilForecast.add(Duration.ofNanos(System.nanoTime() - committed));
            kilobytes.add(instance.process().residentKilobytes());
        }
    }

    /** Resident memory after each switch. */
    List<Long> kilobytes() {
        return kilobytes;
    }

    /** From the commit of each promotion until a forecast by its model was read by a reader of committed records. */
    List<Duration> untilForecast() {
        return untilForecast;
    }

    /** Ends the feed and, once as much was forecast as was read, gives all that was forecast, each region's in its order. */
    void forEachForecast(Consumer<ConsumerRecord<byte[], byte[]>> action) {
        long expected = readings.stop();
        Awaitility.await().atMost(PATIENCE).until(() -> newest.count() >= expected);
        CommittedRecords.forEach(broker.bootstrapServers(), topics.forecasts(), action);
    }

    /** How many hours each region was sent. */
    int hours() {
        return readings.hours();
    }

    /** The models that are switched between. */
    List<ModelId> models() {
        return models.stream().map(ModelDescriptor::id).toList();
    }

    @Override
    public void close() {
        readings.stop();
        newest.close();
        instance.close();
    }
}
