package io.loadcast.streaming;

import org.apache.kafka.common.Uuid;

/** Of a topology that is driven without a broker: its topics are always the same, and nothing was committed. */
public record OneOrigin() implements StateOrigins {
    private static final StateOrigin ORIGIN = new StateOrigin(new Uuid(1, 1), new Uuid(2, 2), new Uuid(3, 3));

    @Override
    public StateOrigin current() {
        return ORIGIN;
    }

    @Override
    public boolean hasCommitted(int partition) {
        return false;
    }

    @Override
    public String applicationId() {
        return "test";
    }
}
