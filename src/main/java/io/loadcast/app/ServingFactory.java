package io.loadcast.app;

import io.loadcast.domain.RegionCalendars;
import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.ModelSnapshot;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.forecasting.StateLayout;
import io.loadcast.inference.ModelFile;
import io.loadcast.models.RegionAssignments;
import io.loadcast.streaming.BoundedClients;
import io.loadcast.streaming.Counters;
import io.loadcast.streaming.ForecastingSettings;
import io.loadcast.streaming.InstanceContext;
import io.loadcast.streaming.KafkaStateOrigins;
import io.loadcast.streaming.LoadcastTopology;
import io.loadcast.streaming.MeteringTopology;
import io.loadcast.streaming.ReadingScope;
import io.loadcast.streaming.RegionPromotion;
import io.loadcast.streaming.StateOrigins;
import io.loadcast.streaming.TaskListener;
import io.loadcast.streaming.ThreadPace;
import io.loadcast.streaming.Topics;
import io.micronaut.configuration.kafka.config.KafkaDefaultConfiguration;
import io.micronaut.configuration.kafka.streams.ConfiguredStreamBuilder;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Secondary;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.KStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of a serving loadcast together. */
@Factory
final class ServingFactory {
    private static final Logger LOG = LoggerFactory.getLogger(ServingFactory.class);
    private static final String SHIPPED = "shipped";

    /** How many times the caches of all stores go into the heap. */
    private static final int CACHED_PART_OF_HEAP = 8;

    /** What Kafka Streams sets under exactly-once if nobody says otherwise. */
    private static final String STREAMS_TRANSACTION_TIMEOUT_MILLIS = "10000";

    /** The model that forecasts where none is assigned. */
    @Singleton
    ModelFile model(LoadcastSettings settings) {
        return settings.model().equals(SHIPPED) ? ModelFile.shipped() : ModelFile.read(Path.of(settings.model()));
    }

    /** The one in force until the models topic was read. */
    @Singleton
    @Bean(preDestroy = "close")
    ServedModels models(ModelFile model, ServingEngines engines) {
        return new ServedModels(ModelSnapshot.of(engines.openUntried(model)));
    }

    @Singleton
    Topics topics(LoadcastSettings settings) {
        return settings.topics().names();
    }

    @Singleton
    RegionAssignments assignments() {
        return new RegionAssignments();
    }

    @Singleton
    Counters counters(Optional<TaskListener> tasks) {
        return tasks.map(Counters::new).orElseGet(Counters::new);
    }

    @Singleton
    KafkaClientSupplier clients() {
        return new BoundedClients();
    }

    @Singleton
    @Secondary // a topology that is driven without a broker has others
    @Bean(preDestroy = "close")
    KafkaStateOrigins origins(KafkaDefaultConfiguration kafka, ConfiguredStreamBuilder builder) {
        String applicationId = builder.getConfiguration().getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
        return new KafkaStateOrigins(kafka.getConfig(), applicationId);
    }

    @Singleton
    KStream<byte[], byte[]> topology(
            ConfiguredStreamBuilder builder,
            LoadcastSettings settings,
            Topics topics,
            ServedModels models,
            ServingEngines engines,
            Counters counters,
            StateOrigins origins,
            Optional<ReadingScope> scope,
            RegionAssignments assignments) {
        settings.forecast().requireWithin(transactionTimeout(builder.getConfiguration()));
        tune(builder.getConfiguration());
        settings.alertSettings().unscored(settings.accuracy().leadHours()).ifPresent(LOG::warn);
        RegionCalendars civilCalendars = settings.civilCalendars();
        int windows = engines.windows();
        Supplier<ForecastBatch> batches = () ->
                new ForecastBatch(models, civilCalendars, settings.imputation().limits(), windows);
        InstanceContext instance = new InstanceContext(topics, counters, origins, ThreadPace.ofEachThread());
        KStream<byte[], byte[]> outputs = LoadcastTopology.addTo(
                builder,
                instance,
                batches,
                forecasting(settings, engines.layout(), scope.orElse(ReadingScope.ALL), assignments));
        if (settings.meters().enabled()) {
            MeteringTopology.addTo(builder, instance, settings.meters().rules());
        }
        return outputs;
    }

    /** Lays down what depends on the machine, unless it is set. */
    private static void tune(Properties streams) {
        // The model runs on the stream threads, one core each.
        streams.putIfAbsent(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                Integer.toString(Runtime.getRuntime().availableProcessors()));
        // The stores' caches share it, and each makes room only within itself. The score history fills what is left of
        // it: with too little, region states are written through on every tick.
        streams.putIfAbsent(
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                Long.toString(Runtime.getRuntime().maxMemory() / CACHED_PART_OF_HEAP));
    }

    private static ForecastingSettings forecasting(
            LoadcastSettings settings, StateLayout layout, ReadingScope scope, RegionAssignments assignments) {
        settings.intakeRules().requireWithin(layout);
        return new ForecastingSettings(
                layout,
                settings.intakeRules(),
                scope,
                settings.forecast().linger(),
                settings.alertSettings(),
                settings.regionPromotion().map(rule -> promotion(rule, assignments)));
    }

    private static RegionPromotion promotion(PromotionRule rule, RegionAssignments assignments) {
        return new RegionPromotion(rule, (promotion, now) -> {
            RegionAssignments.Change change = assignments.promoted(promotion, now);
            byte[] value = Objects.requireNonNull(change.record().value());
            return new RegionPromotion.Assignment(change.record().key(), value, change.isRollback());
        });
    }

    /** As Kafka Streams takes it for its producers. */
    private static Duration transactionTimeout(Properties streams) {
        String name = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
        Object millis = streams.getOrDefault(
                StreamsConfig.producerPrefix(name), streams.getOrDefault(name, STREAMS_TRANSACTION_TIMEOUT_MILLIS));
        return Duration.ofMillis(Long.parseLong(String.valueOf(millis).strip()));
    }
}
