package io.loadcast.view;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Whether brokers answer a consumer. A poll does not tell: it is as empty when nothing comes as when nobody is there; but a broker
 * answers every fetch within half a second or so, with nothing if need be. Used on one thread.
 */
final class BrokerAnswers {
    /** Longer than it takes to elect a new leader, or to come back after a short stop. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final LongSupplier answers;
    private final LongSupplier nanoTime;
    private long seen = -1;
    private long seenNanos;

    /** @param answers how many there have been */
    BrokerAnswers(LongSupplier answers, LongSupplier nanoTime) {
        this.answers = answers;
        this.nanoTime = nanoTime;
        this.seenNanos = nanoTime.getAsLong();
    }

    static BrokerAnswers of(Consumer<?, ?> consumer) {
        Optional<Metric> total = consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().group().equals("consumer-metrics")
                        && metric.getKey().name().equals("response-total"))
                .<Metric>map(Map.Entry::getValue)
                .findFirst();
        LongSupplier counted = total.<LongSupplier>map(metric -> () -> ((Number) metric.metricValue()).longValue())
                .orElse(System::nanoTime); // without the figure nothing can be said against the brokers
        return new BrokerAnswers(counted, System::nanoTime);
    }

    /** Whether none has come for too long, by now. */
    boolean areMissing() {
        long now = nanoTime.getAsLong();
        long count = answers.getAsLong();
        if (count != seen) {
            seen = count;
            seenNanos = now;
        }
        return now - seenNanos > LONGEST_SILENCE.toNanos();
    }
}
