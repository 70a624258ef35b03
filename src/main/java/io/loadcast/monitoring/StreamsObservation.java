package io.loadcast.monitoring;

import io.micronaut.configuration.kafka.streams.event.BeforeKafkaStreamStart;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/** What Kafka Streams tells of the topology, from before its start. Thread-safe. */
@Singleton
public final class StreamsObservation implements ApplicationEventListener<BeforeKafkaStreamStart>, Ordered {
    private final RestoreProgress restore = new RestoreProgress();
    private final List<Runnable> waiting = new ArrayList<>(); // guarded by this
    private volatile boolean hasRun;

    @Override
    public void onApplicationEvent(BeforeKafkaStreamStart event) {
        KafkaStreams streams = event.getKafkaStreams();
        streams.setGlobalStateRestoreListener(restore);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                runs();
            }
        });
    }

    private synchronized void runs() {
        if (!hasRun) {
            hasRun = true;
            waiting.forEach(Runnable::run);
            waiting.clear();
        }
    }

    /** Does this when the topology runs for the first time, on its thread, or now. */
    synchronized void whenRunning(Runnable action) {
        if (hasRun) {
            action.run();
        } else {
            waiting.add(action);
        }
    }

    /** Before any that would rather listen itself. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    public RestoreProgress restore() {
        return restore;
    }

    /** Whether the topology has had its partitions, with all their state, at some time. */
    public boolean hasRun() {
        return hasRun;
    }
}
