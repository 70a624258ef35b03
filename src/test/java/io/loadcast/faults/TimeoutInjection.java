package io.loadcast.faults;

import io.micronaut.configuration.kafka.streams.ConfiguredStreamBuilder;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;

/**
 * Puts {@link TimeoutsInPunctuators} around the processors of an application that is started with {@value #TIMEOUTS}; topology and
 * processors are the program's own.
 */
@Singleton
@Requires(property = TimeoutInjection.TIMEOUTS)
final class TimeoutInjection implements BeanCreatedEventListener<ConfiguredStreamBuilder> {
    /** {@value #AS_THEY_COME}, or {@value #UNWRAPPED}. */
    static final String TIMEOUTS = "micronaut.faults.timeouts";

    /** What the program does with them is left alone. */
    static final String AS_THEY_COME = "as-they-come";

    /** What the program wraps is unwrapped before it leaves the punctuator. */
    static final String UNWRAPPED = "unwrapped";

    private final boolean unwrapped;

    TimeoutInjection(@Property(name = TIMEOUTS) String timeouts) {
        this.unwrapped = timeouts.equals(UNWRAPPED);
    }

    @Override
    public ConfiguredStreamBuilder onCreated(BeanCreatedEvent<ConfiguredStreamBuilder> event) {
        Properties settings = event.getBean().getConfiguration();
        settings.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, TimeoutsInPunctuators.class.getName());
        settings.put(TimeoutsInPunctuators.UNWRAP, String.valueOf(unwrapped));
        return new WrappingBuilder(settings);
    }

    /** Kafka Streams wraps processors only for a builder that was made with the settings. */
    private static final class WrappingBuilder extends ConfiguredStreamBuilder {
        private final StreamsBuilder wrapping;

        WrappingBuilder(Properties settings) {
            super(settings);
            this.wrapping = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings)));
        }

        @Override
        public synchronized <K, V> KStream<K, V> stream(String topic, Consumed<K, V> consumed) {
            return wrapping.stream(topic, consumed);
        }

        @Override
        public synchronized Topology build(Properties settings) {
            return wrapping.build(settings);
        }
    }
}
