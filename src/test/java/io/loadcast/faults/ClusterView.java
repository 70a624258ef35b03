package io.loadcast.faults;

import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.TopicPartition;

/** Who leads what, as the cluster itself says; for one thread, and whoever made it closes it. */
final class ClusterView implements AutoCloseable {
    /** @param epoch grows with each election */
    record Controller(int node, long epoch) {}

    private final Admin admin;

    /** @param admin is closed with it */
    ClusterView(Admin admin) {
        this.admin = admin;
    }

    /** The node that leads the partition; -1 while none does. */
    int leader(TopicPartition partition) {
        return GroupView.await(admin.describeTopics(Set.of(partition.topic())).allTopicNames())
                .get(partition.topic())
                .partitions()
                .get(partition.partition())
                .leader()
                .id();
    }

    Controller activeController() {
        QuorumInfo quorum = GroupView.await(admin.describeMetadataQuorum().quorumInfo());
        return new Controller(quorum.leaderId(), quorum.leaderEpoch());
    }

    @Override
    public void close() {
        admin.close();
    }
}
