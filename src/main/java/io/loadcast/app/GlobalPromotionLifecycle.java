package io.loadcast.app;

import io.loadcast.forecasting.Promotion;
import io.loadcast.forecasting.ServedModels;
import io.loadcast.inference.ModelFile;
import io.loadcast.models.GlobalPromotion;
import io.loadcast.models.PromotionReport;
import io.loadcast.models.RegionAssignments;
import io.loadcast.streaming.Counters;
import io.loadcast.streaming.PromotionAlert;
import io.loadcast.streaming.Topics;
import io.micronaut.configuration.kafka.config.KafkaDefaultConfiguration;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** {@link GlobalPromotion} where the settings want it, from when the topology has started. */
@Singleton
final class GlobalPromotionLifecycle {
    private final KafkaDefaultConfiguration kafka;
    private final LoadcastSettings settings;
    private final Topics topics;
    private final ModelFile configured;
    private final ServedModels models;
    private final RegionAssignments assignments;
    private final Counters counters;
    private @Nullable GlobalPromotion promotion;

    GlobalPromotionLifecycle(
            KafkaDefaultConfiguration kafka,
            LoadcastSettings settings,
            Topics topics,
            ModelFile configured,
            ServedModels models,
            RegionAssignments assignments,
            Counters counters) {
        this.kafka = kafka;
        this.settings = settings;
        this.topics = topics;
        this.configured = configured;
        this.models = models;
        this.assignments = assignments;
        this.counters = counters;
    }

    /** @param streams the topology, which has been started */
    void start(KafkaStreams streams) {
        settings.globalPromotion()
                .ifPresent(rule -> promotion = GlobalPromotion.start(
                        new GlobalPromotion.Scene(
                                kafka.getConfig(),
                                topics.accuracy(),
                                topics.models(),
                                rule,
                                configured.id().sha256()),
                        models,
                        assignments,
                        () -> leads(streams),
                        report()));
    }

    /** The group of the topology has exactly one member that works on the first partition of the readings. */
    private boolean leads(KafkaStreams streams) {
        TopicPartition first = new TopicPartition(topics.readings(), 0);
        return streams.state().isRunningOrRebalancing()
                && streams.metadataForLocalThreads().stream()
                        .flatMap(thread -> thread.activeTasks().stream())
                        .anyMatch(task -> task.topicPartitions().contains(first));
    }

    private PromotionReport report() {
        return new PromotionReport() {
            @Override
            public List<ProducerRecord<byte[], byte[]>> records(Promotion promotion, boolean isRollback) {
                return PromotionAlert.records(topics, promotion, isRollback);
            }

            @Override
            public void committed(Promotion promotion, boolean isRollback) {
                PromotionAlert.count(counters, promotion, isRollback);
            }
        };
    }

    @PreDestroy
    void close() {
        if (promotion != null) {
            promotion.close();
        }
    }
}
