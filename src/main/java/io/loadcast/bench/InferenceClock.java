package io.loadcast.bench;

import io.loadcast.app.EngineDecoration;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.WindowBatch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * CPU time that the calling threads spend within an engine. It is all of the engine's on the CPU, as the engines of serving work on
 * the thread that calls them. Thread-safe. Reading the clock twice a run costs less than a microsecond.
 */
final class InferenceClock implements EngineDecoration {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LongAdder cpuNanos = new LongAdder();
    private final LongAdder runs = new LongAdder();
    private final LongAdder windows = new LongAdder();
    private volatile int batchCapacity;

    long cpuNanos() {
        return cpuNanos.sum();
    }

    /** Calls of the engine. */
    long runs() {
        return runs.sum();
    }

    /** Windows in all calls. */
    long windows() {
        return windows.sum();
    }

    /** Windows that a batch has room for; 0 before the first call. */
    int batchCapacity() {
        return batchCapacity;
    }

    @Override
    public ForecastEngine around(ForecastEngine engine) {
        // A proxy hands on every method of the interface, also those that are there by default.
        return (ForecastEngine) Proxy.newProxyInstance(
                ForecastEngine.class.getClassLoader(),
                new Class<?>[] {ForecastEngine.class},
                (proxy, method, arguments) -> timed(engine, method, arguments));
    }

    private @Nullable Object timed(ForecastEngine engine, Method method, Object @Nullable [] arguments)
            throws Throwable {
        boolean run = method.getName().equals("run") && arguments != null && arguments[0] instanceof WindowBatch;
        long start = run ? THREADS.getCurrentThreadCpuTime() : 0;
        try {
            return method.invoke(engine, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        } finally {
            if (run) {
                WindowBatch batch = (WindowBatch) Objects.requireNonNull(arguments)[0];
                cpuNanos.add(THREADS.getCurrentThreadCpuTime() - start);
                runs.increment();
                windows.add(batch.size());
                batchCapacity = batch.capacity();
            }
        }
    }
}
