package io.loadcast.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.loadcast.dataset.HourWindow;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Region;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.NetworkInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers windows into tensors through two direct buffers that every batch uses again. The tensors are copies, so they may
 * outlive the next batch. Not thread-safe.
 */
final class WindowTensors {
    private final Architecture architecture;
    private final int hours;
    private final IdentityHashMap<HourlySeries, RegionHours> regions = new IdentityHashMap<>();
    private final FloatBuffer loads;
    private final FloatBuffer calendars;

    /** @param numbers what a network is told of a region */
    WindowTensors(
            Architecture architecture, Function<Region, float[]> numbers, List<HourlySeries> series, int capacity) {
        this.architecture = architecture;
        this.hours = architecture.lookbackHours() + architecture.horizonHours();
        this.loads = direct(capacity * hours);
        this.calendars =
                direct(capacity * hours * architecture.calendarFeatures().size());
        series.forEach(one ->
                regions.put(one, new RegionHours(one, architecture.calendarFeatures(), numbers.apply(one.region()))));
    }

    /**
     * One batch.
     *
     * @param loadMw [B, lookback + horizon]
     * @param calendar [B, lookback + horizon, features]
     * @param region [B, numbers], what is told of each window's region; null if nothing is
     */
    record Batch(NDArray loadMw, NDArray calendar, @Nullable NDArray region, int lookback) {
        /** What the network may see. */
        NetworkInput seen() {
            return new NetworkInput(loadMw.get(":, :" + lookback), calendar, region);
        }
    }

    Batch batch(List<HourWindow> windows, NDManager manager) {
        loads.clear();
        calendars.clear();
        for (HourWindow window : windows) {
            RegionHours region = regionOf(window);
            region.copyLoads(window.start(), hours, loads);
            region.copyCalendar(window.start(), hours, calendars);
        }
        int size = windows.size();
        return new Batch(
                manager.create(loads.flip(), new Shape(size, hours), DataType.FLOAT32),
                manager.create(
                        calendars.flip(),
                        new Shape(size, hours, architecture.calendarFeatures().size()),
                        DataType.FLOAT32),
                regions(windows, manager),
                architecture.lookbackHours());
    }

    private @Nullable NDArray regions(List<HourWindow> windows, NDManager manager) {
        int count = architecture.regionNumbers();
        if (count == 0) {
            return null;
        }
        FloatBuffer numbers = FloatBuffer.allocate(windows.size() * count);
        windows.forEach(window -> numbers.put(regionOf(window).numbers()));
        return manager.create(numbers.array(), new Shape(windows.size(), count));
    }

    private RegionHours regionOf(HourWindow window) {
        RegionHours region = regions.get(window.series());
        if (region == null) {
            throw new IllegalArgumentException("window of a series that these tensors do not know: " + window);
        }
        return region;
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
