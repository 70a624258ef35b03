package io.loadcast.forecasting;

import io.loadcast.domain.Calendar;
import io.loadcast.domain.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A reusable batch of model inputs and outputs in native memory: up to {@link #capacity()} windows, row by row.
 *
 * <p>Shapes, row-major: {@code load_mw} [size, lookback] in MW, oldest hour first; {@code calendar} [size, lookback + horizon,
 * features]; {@code region} [size, numbers], what the model is told of each window's region, if anything;
 * {@code quantiles_mw} [size, horizon, quantiles] in MW. Not thread-safe: each thread has its own. Nothing to close:
 * the memory goes with the object.
 */
public final class WindowBatch {
    /** What {@link #padded} makes the number of windows a multiple of: the smallest that does for all architectures of the zoo. */
    static final int ROWS_TOGETHER = 4;

    private static final int SPARE_ROWS = ROWS_TOGETHER - 1;

    private final int capacity;
    private final int lookbackHours;
    private final int horizonHours;
    private final int quantiles;
    private final FloatBuffer loadMw;
    private final FloatBuffer calendar;
    private final ModelManifest manifest;
    private final Map<Region, float[]> regionNumbers = new HashMap<>();
    private final FloatBuffer region;
    private final FloatBuffer quantilesMw;

    /** How many rows after the last are windows of the batch that this is a part of. */
    private final int following;

    private int size;

    /** @throws IllegalArgumentException if the capacity is not positive */
    public WindowBatch(ModelManifest manifest, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("batch capacity " + capacity + " is not positive");
        }
        this.manifest = manifest;
        this.capacity = capacity;
        this.lookbackHours = manifest.lookbackHours();
        this.horizonHours = manifest.horizonHours();
        this.quantiles = manifest.quantiles().size();
        int features = manifest.calendarFeatures().size();
        this.loadMw = direct(capacity, lookbackHours);
        this.calendar = direct(capacity, (lookbackHours + horizonHours) * features);
        this.region = direct(capacity, manifest.regionNumbers());
        this.quantilesMw = direct(capacity, horizonHours * quantiles);
        this.following = 0;
    }

    private WindowBatch(WindowBatch whole, int from, int rows) {
        this.capacity = rows;
        this.size = rows;
        this.lookbackHours = whole.lookbackHours;
        this.horizonHours = whole.horizonHours;
        this.quantiles = whole.quantiles;
        this.manifest = whole.manifest;
        this.loadMw = part(whole.loadMw, from, rows, whole.capacity);
        this.calendar = part(whole.calendar, from, rows, whole.capacity);
        this.region = part(whole.region, from, rows, whole.capacity);
        this.quantilesMw = part(whole.quantilesMw, from, rows, whole.capacity).rewind();
        this.following = whole.following + whole.size - from - rows;
    }

    private WindowBatch(WindowBatch windows, int rows) {
        this.capacity = windows.capacity;
        this.size = rows;
        this.lookbackHours = windows.lookbackHours;
        this.horizonHours = windows.horizonHours;
        this.quantiles = windows.quantiles;
        this.manifest = windows.manifest;
        this.loadMw = withRows(rows, windows.loadMw, windows.size);
        this.calendar = withRows(rows, windows.calendar, windows.size);
        this.region = withRows(rows, windows.region, windows.size);
        this.quantilesMw = windows.quantilesMw;
        this.following = 0;
    }

    private static FloatBuffer withRows(int rows, FloatBuffer filled, int size) {
        return filled.duplicate().position(filled.position() / size * rows);
    }

    /** Filled, so positioned at its end, as the buffers of a batch are; with the rows after it, whatever they hold. */
    private static FloatBuffer part(FloatBuffer whole, int from, int rows, int capacity) {
        int row = whole.capacity() / (capacity + SPARE_ROWS);
        return whole.duplicate()
                .clear()
                .slice(from * row, (rows + SPARE_ROWS) * row)
                .position(rows * row);
    }

    /**
     * Some of this batch's windows, as a full batch on the same memory: its outputs are outputs of this batch.
     *
     * @param from the first of them, from 0
     * @param rows how many
     * @throws IndexOutOfBoundsException if this batch has not so many
     */
    public WindowBatch rows(int from, int rows) {
        Objects.checkFromIndexSize(from, rows, size);
        return new WindowBatch(this, from, rows);
    }

    /**
     * This batch with rows added until there are a multiple of {@value #ROWS_TOGETHER}, on the same memory: the last window again; after a
     * {@linkplain #rows part} of a batch, the windows that follow. An engine that computes rows by twos or fours, and those left over in
     * another way, so gives each window the same forecast to the last bit, whatever shares its batch. To be run, and let go.
     */
    public WindowBatch padded() {
        int rows = (size + ROWS_TOGETHER - 1) / ROWS_TOGETHER * ROWS_TOGETHER;
        for (int row = size + following; row < rows; row++) {
            repeatLast(loadMw, row);
            repeatLast(calendar, row);
            repeatLast(region, row);
        }
        return rows == size ? this : new WindowBatch(this, rows);
    }

    private void repeatLast(FloatBuffer rows, int at) {
        int row = rows.position() / size;
        rows.put(at * row, rows, (size - 1) * row, row);
    }

    /**
     * Adds one window.
     *
     * @param of the window's region
     * @param windowMw {@code lookback} loads in MW, oldest first, all finite
     * @param issueEpochHour the hour of the window's last load
     * @param regionCalendar the region's calendar, with the manifest's features
     * @throws IllegalArgumentException if the window has another length, or the model
     *     {@linkplain ModelManifest#forecasts does not forecast} the region
     * @throws IllegalStateException if the batch is full
     */
    public void add(Region of, float[] windowMw, long issueEpochHour, Calendar regionCalendar) {
        if (windowMw.length != lookbackHours) {
            throw new IllegalArgumentException(
                    "window of " + windowMw.length + " hours; the model takes " + lookbackHours);
        }
        if (isFull()) {
            throw new IllegalStateException("batch of " + capacity + " windows is full");
        }
        region.put(regionNumbers.computeIfAbsent(of, manifest::regionNumbers));
        loadMw.put(windowMw);
        regionCalendar.append(issueEpochHour - lookbackHours + 1, lookbackHours + horizonHours, calendar);
        size++;
    }

    /** Forgets all windows. */
    public void clear() {
        size = 0;
        loadMw.clear();
        calendar.clear();
        region.clear();
    }

    public int capacity() {
        return capacity;
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == capacity;
    }

    /** The windows of this batch, from position 0, as a view on the same memory. */
    public FloatBuffer loadMw() {
        return loadMw.duplicate().flip();
    }

    /** The calendar features of this batch, from position 0, as a view on the same memory. */
    public FloatBuffer calendar() {
        return calendar.duplicate().flip();
    }

    /** What the model is told of this batch's regions, from position 0, as a view on the same memory; empty if nothing. */
    public FloatBuffer region() {
        return region.duplicate().flip();
    }

    /** The quantiles of this batch, to be written by the engine, from position 0, as a view on the same memory. */
    public FloatBuffer quantilesMw() {
        return quantilesMw.duplicate().limit(size * horizonHours * quantiles);
    }

    /**
     * One output value.
     *
     * @param row which window, from 0
     * @param leadHours 1 … horizon
     * @param quantile index into the manifest's quantiles
     */
    public float quantileMw(int row, int leadHours, int quantile) {
        return quantilesMw.get((row * horizonHours + leadHours - 1) * quantiles + quantile);
    }

    private static FloatBuffer direct(int capacity, int rowFloats) {
        int floats = Math.multiplyExact(capacity + SPARE_ROWS, rowFloats);
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
