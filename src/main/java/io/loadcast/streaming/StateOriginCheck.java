package io.loadcast.streaming;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A processor before whose start it is made sure that the task's state and its topics belong together. With a source topic that was
 * created anew, the old state would take every record for a repetition; with a changelog that was, work would go on with an
 * empty state, and nobody would know.
 *
 * <p>Implementation notes. Kafka Streams creates changelogs that are missing, and starts empty. So the topics' ids are kept in a store
 * of their own. They are put there with a task's first record, not at its start, where nothing would commit them; and again every
 * minute, so that they also reach a changelog that was created anew under a running task, where the next start finds them. Used on the
 * stream thread.
 */
final class StateOriginCheck implements Processor<byte[], byte[], byte[], byte[]> {
    static final String KEY = "origin";
    static final long RENEWAL_MILLIS = 60_000;

    static final String WAY_OUT = "Nothing more is forecast. Stop all instances and start them with another"
            + " --application-id: its state is made from what is on the input topics, and its outputs come"
            + " again, with the same ce_id";

    private final KeptState state;
    private final StateOrigins origins;
    private final Processor<byte[], byte[], byte[], byte[]> processor;

    // Set by init, which Kafka Streams calls before the first record.
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<String, byte[]> store;
    private byte[] packed;

    private long newestOffset;
    private long putMillis;

    @SuppressWarnings("NullAway.Init")
    StateOriginCheck(KeptState state, StateOrigins origins, Processor<byte[], byte[], byte[], byte[]> processor) {
        this.state = state;
        this.origins = origins;
        this.processor = processor;
    }

    /** @throws StateOriginException if state and topics do not belong together */
    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.store = context.getStateStore(state.originStore());
        this.newestOffset = -1;
        this.putMillis = 0;
        StateOrigin current = origins.current(state);
        byte @Nullable [] known = store.get(KEY);
        if (known != null) {
            requireSame(StateOrigin.ofPacked(known, state.stores().size()), current);
        } else if (hasNoState()
                && origins.hasCommitted(
                        new TopicPartition(state.source(), context.taskId().partition()))) {
            throw new StateOriginException(lost("has no state though it has " + state.work()
                    + " before: its changelog topics were deleted or emptied"));
        }
        this.packed = current.packed();
        processor.init(context);
    }

    private boolean hasNoState() {
        KeyValueStore<?, byte[]> states = context.getStateStore(state.stores().get(0));
        try (KeyValueIterator<?, byte[]> all = states.all()) {
            return !all.hasNext();
        }
    }

    private void requireSame(StateOrigin known, StateOrigin current) {
        if (!known.source().equals(current.source())) {
            throw new StateOriginException(replacedSource("is not the topic that the state was made from: it was"
                    + " deleted and created anew, or renamed (id " + known.source() + " before, "
                    + current.source() + " now)"));
        }
        // A store that the version before did not have is empty, and so is its changelog: from now on it is known.
        for (int i = 0; i < known.changelogs().size(); i++) {
            requireSame(
                    state.stores().get(i),
                    known.changelogs().get(i),
                    current.changelogs().get(i));
        }
    }

    private void requireSame(String of, Uuid known, Uuid current) {
        if (!known.equals(current)) {
            throw new StateOriginException(lost("has lost state: changelog topic " + origins.applicationId() + "-" + of
                    + "-changelog was deleted and created anew (id " + known + " before, " + current + " now)"));
        }
    }

    private String lost(String what) {
        return "application '" + origins.applicationId() + "' " + what + ". " + WAY_OUT;
    }

    private String replacedSource(String what) {
        return "topic " + state.source() + " " + what
                + ". All its records up to those known would be dropped as repeated or too late. "
                + WAY_OUT;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata source = context.recordMetadata().orElse(null);
        if (source != null) {
            requireForward(source.offset());
        }
        long now = context.currentSystemTimeMs();
        if (now - putMillis >= RENEWAL_MILLIS) {
            store.put(KEY, packed);
            putMillis = now;
        }
        processor.process(record);
    }

    /** A consumer whose topic was created anew begins at its beginning, and tells nobody. */
    private void requireForward(long offset) {
        if (offset < newestOffset) {
            throw new StateOriginException(replacedSource("goes on at offset " + offset + " after " + newestOffset
                    + ": it was deleted and created anew while it was read"));
        }
        newestOffset = offset;
    }

    @Override
    public void close() {
        processor.close();
    }
}
