package io.loadcast.bench;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A moment at which everything fed was forecast and committed, and what had been used by then.
 *
 * @param nanos by {@link System#nanoTime}
 * @param ends where the output topics end
 */
record Settled(
        long nanos,
        ServingProgress progress,
        ServingUsage serving,
        BrokerUsage broker,
        Map<TopicPartition, Long> ends) {}
