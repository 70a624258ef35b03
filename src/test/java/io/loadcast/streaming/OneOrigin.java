package io.loadcast.streaming;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Of a topology that is driven without a broker: its topics are always the same, and nothing was committed. */
public record OneOrigin() implements StateOrigins {
    @Override
    public StateOrigin current(KeptState state) {
        return new StateOrigin(
                new Uuid(1, 1),
                state.stores().stream().map(name -> new Uuid(2, 2)).toList());
    }

    @Override
    public boolean hasCommitted(TopicPartition partition) {
        return false;
    }

    @Override
    public String applicationId() {
        return "test";
    }
}
