package io.loadcast.faults;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The application's group as the broker sees it: instances, state, committed readings. Whoever made it closes it. */
final class GroupView implements AutoCloseable {
    /** What stream threads append to the name of their instance. */
    private static final Pattern THREAD = Pattern.compile("-StreamThread-.*");

    private final Admin admin;
    private final String group;
    private final String readingsTopic;

    /** @param admin is closed with it */
    GroupView(Admin admin, String group, String readingsTopic) {
        this.admin = admin;
        this.group = group;
        this.readingsTopic = readingsTopic;
    }

    /** How many instances of the application are in it, each with its stream threads. */
    long instances() {
        return description().members().stream()
                .map(GroupView::instance)
                .distinct()
                .count();
    }

    boolean isStable() {
        return description().groupState() == GroupState.STABLE;
    }

    /** Members are asked to join anew, and not all have. */
    boolean isRebalancing() {
        return description().groupState() == GroupState.PREPARING_REBALANCE;
    }

    /** How many readings have been published. */
    long readings() {
        return end(readingsTopic);
    }

    /** How many readings' offsets are committed. */
    long committedReadings() {
        return committed(readingsTopic);
    }

    /** Whether there is nothing left to do on these topics. */
    boolean hasCommittedAll(Collection<String> topics) {
        return topics.stream().allMatch(topic -> committed(topic) == end(topic));
    }

    /** The end of each partition of the readings topic. */
    Map<TopicPartition, Long> ends() {
        return ends(readingsTopic);
    }

    private long end(String topic) {
        return ends(topic).values().stream().mapToLong(end -> end).sum();
    }

    private Map<TopicPartition, Long> ends(String topic) {
        Map<TopicPartition, OffsetSpec> latest =
                await(admin.describeTopics(Set.of(topic)).allTopicNames()).get(topic).partitions().stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return await(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        end -> end.getKey(), end -> end.getValue().offset()));
    }

    private long committed(String topic) {
        return await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet().stream()
                .filter(committed -> committed.getKey().topic().equals(topic))
                .mapToLong(committed -> committed.getValue().offset())
                .sum();
    }

    /** Which partitions of the readings topic each instance has. */
    Map<String, Set<TopicPartition>> owners() {
        Map<String, Set<TopicPartition>> owners = new HashMap<>();
        description()
                .members()
                .forEach(member -> member.assignment().topicPartitions().stream()
                        .filter(partition -> partition.topic().equals(readingsTopic))
                        .forEach(partition -> owners.computeIfAbsent(instance(member), instance -> new HashSet<>())
                                .add(partition)));
        return owners;
    }

    /** Whether the offset of a reading is committed. */
    boolean hasPassed(TopicPartition partition, long offset) {
        OffsetAndMetadata committed = await(
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(partition);
        return committed != null && committed.offset() > offset;
    }

    private static String instance(MemberDescription member) {
        return THREAD.matcher(member.clientId()).replaceFirst("");
    }

    private ConsumerGroupDescription description() {
        return await(admin.describeConsumerGroups(Set.of(group)).all()).get(group);
    }

    /** What the broker answers; fails if it does not. */
    static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("the broker did not answer", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
