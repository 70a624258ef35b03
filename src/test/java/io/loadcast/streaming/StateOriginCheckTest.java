package io.loadcast.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateOriginCheckTest {
    private static final Uuid READINGS = new Uuid(1, 1);
    private static final Uuid REGION_STATE = new Uuid(2, 2);
    private static final Uuid SCORE_HISTORY = new Uuid(3, 3);
    private static final Uuid ANOTHER = new Uuid(9, 9);

    private static final KeptState STATE = new KeptState(
            LoadcastTopology.STATE_ORIGIN_STORE,
            "readings",
            List.of(LoadcastTopology.REGION_STATE_STORE, LoadcastTopology.SCORE_HISTORY_STORE),
            "forecast");

    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final List<Record<byte[], byte[]>> processed = new ArrayList<>();
    private final Cluster cluster = new Cluster();

    @BeforeEach
    void openStores() {
        context.setCurrentSystemTimeMs(StateOriginCheck.RENEWAL_MILLIS);
        for (String store : List.of(LoadcastTopology.STATE_ORIGIN_STORE, LoadcastTopology.REGION_STATE_STORE)) {
            StateStore opened = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(store), Serdes.String(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            opened.init(context.getStateStoreContext(), opened);
            context.addStateStore(opened);
        }
    }

    private StateOriginCheck start() {
        StateOriginCheck check = new StateOriginCheck(STATE, cluster, processed::add);
        check.init(context);
        return check;
    }

    private void process(StateOriginCheck check, long offset) {
        context.setRecordMetadata("readings", 0, offset);
        check.process(new Record<>(new byte[0], new byte[0], 0));
    }

    @Test
    void aNewApplicationStartsAndRemembersItsTopicsWithTheFirstRecord() {
        // given
        StateOriginCheck check = start();
        KeyValueStore<String, byte[]> store = context.getStateStore(LoadcastTopology.STATE_ORIGIN_STORE);
        assertThat(store.get(StateOriginCheck.KEY)).isNull();

        // when
        process(check, 0);

        // then
        assertThat(processed).hasSize(1);
        assertThat(StateOrigin.ofPacked(store.get(StateOriginCheck.KEY), 2)).isEqualTo(cluster.origin);
    }

    @Test
    void theSameTopicsStartAgain() {
        // given
        process(start(), 0);
        cluster.committed = true;

        // when
        process(start(), 1);

        // then
        assertThat(processed).hasSize(2);
    }

    @Test
    void anotherReadingsTopicIsRefused() {
        // given
        process(start(), 0);

        // when
        cluster.origin = new StateOrigin(ANOTHER, List.of(REGION_STATE, SCORE_HISTORY));

        // then
        assertThatThrownBy(this::start)
                .isInstanceOf(StateOriginException.class)
                .hasMessageContaining("is not the topic that the state was made from")
                .hasMessageContaining("--application-id");
    }

    @Test
    void anotherChangelogIsRefusedByItsName() {
        // given
        process(start(), 0);

        // when
        cluster.origin = new StateOrigin(READINGS, List.of(REGION_STATE, ANOTHER));

        // then
        assertThatThrownBy(this::start)
                .isInstanceOf(StateOriginException.class)
                .hasMessageContaining("test-score-history-changelog was deleted");
    }

    @Test
    void aStoreThatTheVersionBeforeDidNotHaveIsNoReasonToRefuseAndIsKnownFromThenOn() {
        // given: what a version with two stores wrote
        process(start(), 0);
        KeptState more = new KeptState(
                STATE.originStore(),
                STATE.source(),
                List.of(
                        LoadcastTopology.REGION_STATE_STORE,
                        LoadcastTopology.SCORE_HISTORY_STORE,
                        LoadcastTopology.LOAD_PROFILE_STORE),
                STATE.work());
        Uuid loadProfile = new Uuid(4, 4);
        cluster.origin = new StateOrigin(READINGS, List.of(REGION_STATE, SCORE_HISTORY, loadProfile));
        cluster.committed = true;

        // when
        StateOriginCheck upgraded = new StateOriginCheck(more, cluster, processed::add);
        upgraded.init(context);
        process(upgraded, 1);

        // then
        assertThat(processed).hasSize(2);
        cluster.origin = new StateOrigin(READINGS, List.of(REGION_STATE, SCORE_HISTORY, ANOTHER));
        assertThatThrownBy(() -> upgraded.init(context))
                .isInstanceOf(StateOriginException.class)
                .hasMessageContaining("test-load-profile-changelog was deleted");
        assertThatThrownBy(this::start)
                .as("the version before")
                .isInstanceOf(StateOriginException.class)
                .hasMessageContaining("serve with the version that wrote it");
    }

    @Test
    void afterAnUpgradeTheTopicsOfBeforeAreStillCompared() {
        // given
        process(start(), 0);
        KeptState more = new KeptState(
                STATE.originStore(),
                STATE.source(),
                List.of(LoadcastTopology.REGION_STATE_STORE, LoadcastTopology.SCORE_HISTORY_STORE, "further"),
                STATE.work());

        // when
        cluster.origin = new StateOrigin(READINGS, List.of(ANOTHER, SCORE_HISTORY, new Uuid(4, 4)));

        // then
        assertThatThrownBy(() -> new StateOriginCheck(more, cluster, processed::add).init(context))
                .isInstanceOf(StateOriginException.class)
                .hasMessageContaining("test-region-state-changelog was deleted");
    }

    @Test
    void noStateAfterCommittedReadingsIsRefused() {
        // when
        cluster.committed = true;

        // then
        assertThatThrownBy(this::start)
                .isInstanceOf(StateOriginException.class)
                .hasMessageContaining("has no state though it has forecast before");
    }

    @Test
    void aStateOfAVersionThatDidNotKeepItsOriginIsTakenAsItIs() {
        // given
        KeyValueStore<String, byte[]> states = context.getStateStore(LoadcastTopology.REGION_STATE_STORE);
        states.put("AEP", new byte[] {1});
        cluster.committed = true;

        // when
        process(start(), 7);

        // then
        assertThat(processed).hasSize(1);
    }

    @Test
    void readingsThatBeginAnewUnderARunningTaskAreRefused() {
        // given
        StateOriginCheck check = start();
        process(check, 41);
        process(check, 42);

        // then
        assertThatThrownBy(() -> process(check, 0))
                .isInstanceOf(StateOriginException.class)
                .hasMessageContaining("goes on at offset 0 after 42");
        assertThat(processed).hasSize(2);
    }

    @Test
    void theOriginIsStoredAgainNowAndThen() {
        // given
        StateOriginCheck check = start();
        process(check, 0);
        KeyValueStore<String, byte[]> store = context.getStateStore(LoadcastTopology.STATE_ORIGIN_STORE);
        store.delete(StateOriginCheck.KEY);
        process(check, 1);
        assertThat(store.get(StateOriginCheck.KEY)).isNull();

        // when
        context.setCurrentSystemTimeMs(2 * StateOriginCheck.RENEWAL_MILLIS);
        process(check, 2);

        // then
        assertThat(store.get(StateOriginCheck.KEY)).isNotNull();
    }

    private static final class Cluster implements StateOrigins {
        private StateOrigin origin = new StateOrigin(READINGS, List.of(REGION_STATE, SCORE_HISTORY));
        private boolean committed;

        @Override
        public StateOrigin current(KeptState state) {
            return origin;
        }

        @Override
        public boolean hasCommitted(TopicPartition partition) {
            return committed && partition.topic().equals("readings");
        }

        @Override
        public String applicationId() {
            return "test";
        }
    }
}
