package io.loadcast.streaming;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The processors of a sub-topology with the stores of their state, and with the one that remembers where the state comes from, which is
 * {@linkplain StateOriginCheck checked} before each start. Thread-safe if what makes the processors is.
 *
 * @param state what the tasks keep
 * @param stateStores those of the state
 * @param processors gives each task a processor of its own
 */
record ProcessorWithState(
        KeptState state,
        StateOrigins origins,
        Set<StoreBuilder<?>> stateStores,
        Supplier<Processor<byte[], byte[], byte[], byte[]>> processors)
        implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
        return new StateOriginCheck(state, origins, processors.get());
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        Set<StoreBuilder<?>> all = new LinkedHashSet<>(stateStores);
        all.add(LoadcastTopology.originStore(state.originStore()));
        return all;
    }
}
