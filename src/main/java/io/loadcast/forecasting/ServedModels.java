package io.loadcast.forecasting;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The models that forecasts are made with, which change while the program runs: one {@link ModelSnapshot} after the other is in force.
 * A flush leases the one in force, so that all of its forecasts come from the same models, and a model that has been replaced is
 * closed when the last flush which began with it has ended.
 *
 * <p>Thread-safe: any thread may lease; one at a time publishes and closes what is no longer used. Leasing takes two atomic steps and
 * no memory. Whoever made it closes it, once nobody leases any more.
 */
public final class ServedModels implements AutoCloseable {
    private final Queue<ModelRefusal> refusals = new ConcurrentLinkedQueue<>();
    private final Queue<ForecastEngine> retired = new ConcurrentLinkedQueue<>();

    /** In how many snapshots each engine is that are not over. */
    private final Map<ForecastEngine, Integer> uses = new IdentityHashMap<>();

    private volatile ModelSnapshot inForce;

    /** @param first is in force at once; its engines are this one's from now on, as are those of all that follow */
    public ServedModels(ModelSnapshot first) {
        begin(first);
        inForce = first;
    }

    /** The snapshot in force, held for the caller until it {@linkplain ModelSnapshot#release releases} it. */
    public ModelSnapshot lease() {
        while (true) {
            ModelSnapshot current = inForce;
            if (current.isHeldAnew()) {
                return current;
            }
        }
    }

    /** The snapshot in force, to be asked what is in it: an engine of it may be closed at any time. */
    public ModelSnapshot inForce() {
        return inForce;
    }

    /**
     * Puts a snapshot in force in place of the one before. Engines of that which are not in this one are closed by a later {@link
     * #closeRetired}.
     */
    public void publish(ModelSnapshot next) {
        begin(next);
        ModelSnapshot before = inForce;
        inForce = next;
        before.release();
    }

    private void begin(ModelSnapshot snapshot) {
        synchronized (uses) {
            snapshot.engines().forEach(engine -> uses.merge(engine, 1, Integer::sum));
        }
        snapshot.onEnd(() -> end(snapshot));
    }

    /** On the thread that gave the last lease back, which has better to do than to close engines. */
    private void end(ModelSnapshot snapshot) {
        synchronized (uses) {
            for (ForecastEngine engine : snapshot.engines()) {
                if (uses.merge(engine, -1, Integer::sum) == 0) {
                    uses.remove(engine);
                    retired.add(engine);
                }
            }
        }
    }

    /** Closes the engines that no snapshot has any more. */
    public void closeRetired() {
        for (ForecastEngine engine = retired.poll(); engine != null; engine = retired.poll()) {
            engine.close();
        }
    }

    /** Says that a model was refused, or no longer is. */
    public void tell(ModelRefusal refusal) {
        refusals.add(refusal);
    }

    /** The oldest refusal, or end of one, that nobody has taken: each to one caller only. Null if there is none. */
    public @Nullable ModelRefusal takeRefusal() {
        return refusals.poll();
    }

    /** The oldest change of device of any engine in force that nobody has taken, or null. */
    @Nullable
    DeviceChange takeDeviceChange() {
        for (ForecastEngine engine : inForce.engines()) {
            DeviceChange change = engine.takeDeviceChange();
            if (change != null) {
                return change;
            }
        }
        return null;
    }

    /** Closes all engines but those of a lease that was not given back: a program that ends does not pull them from under a run. */
    @Override
    public void close() {
        inForce.release();
        closeRetired();
    }
}
