package io.loadcast.streaming;

/**
 * How a topic stands.
 *
 * @param partitions how many
 * @param replicationFactor copies of each partition
 */
public record TopicShape(int partitions, int replicationFactor) {}
