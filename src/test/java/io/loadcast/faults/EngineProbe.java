package io.loadcast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;

/**
 * What the engine of another process is doing, in a file that both have mapped: it outlives a {@code kill -9}, and says what the
 * process was at when it came. The application writes, each of its stream threads in a slot of its own; the test reads, and sets
 * the pace.
 */
final class EngineProbe {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** More than stream threads that run at a time. */
    private static final int SLOTS = 8;

    private static final int SLOT_BYTES = 64;
    private static final int BEGUN = 0;
    private static final int ENDED = 8;
    private static final int WINDOWS_IN_CALL = 16;
    private static final int WINDOWS = 24;
    private static final int BEGUN_AT_MILLIS = 32;
    private static final int PACE_MILLIS = SLOTS * SLOT_BYTES;
    private static final int NEWEST_CALL_MILLIS = PACE_MILLIS + Long.BYTES;
    private static final int BYTES = NEWEST_CALL_MILLIS + Long.BYTES;

    private final ByteBuffer memory;

    private EngineProbe(ByteBuffer memory) {
        this.memory = memory;
    }

    /** Maps the file, which is made if need be; all is zero then. */
    static EngineProbe map(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new EngineProbe(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The slot of the n-th thread. */
    static int slot(int thread) {
        return thread % SLOTS;
    }

    void begin(int slot, int windows) {
        set(slot, WINDOWS_IN_CALL, windows);
        long now = System.currentTimeMillis();
        set(slot, BEGUN_AT_MILLIS, now);
        set(0, NEWEST_CALL_MILLIS, now);
        set(slot, BEGUN, get(slot, BEGUN) + 1);
    }

    void end(int slot) {
        set(slot, WINDOWS, get(slot, WINDOWS) + get(slot, WINDOWS_IN_CALL));
        set(slot, ENDED, get(slot, BEGUN));
    }

    /** A call has begun and not ended. */
    boolean isInside() {
        return IntStream.range(0, SLOTS).anyMatch(this::isInside);
    }

    /** Inside a call for at least that long. */
    boolean isInsideFor(long millis) {
        return IntStream.range(0, SLOTS)
                .anyMatch(slot -> isInside(slot) && System.currentTimeMillis() - get(slot, BEGUN_AT_MILLIS) >= millis);
    }

    /** When the newest call began, by the wall clock of the process that made it, ms. */
    long newestCallMillis() {
        return get(0, NEWEST_CALL_MILLIS);
    }

    private boolean isInside(int slot) {
        return get(slot, BEGUN) > get(slot, ENDED);
    }

    /** Calls, of all threads. */
    long begun() {
        return sum(BEGUN);
    }

    /** Calls, of all threads. */
    long ended() {
        return sum(ENDED);
    }

    /** Of the calls that are under way. */
    long windowsInCall() {
        return IntStream.range(0, SLOTS)
                .filter(this::isInside)
                .mapToLong(slot -> get(slot, WINDOWS_IN_CALL))
                .sum();
    }

    /** Of all calls that have ended. */
    long windows() {
        return sum(WINDOWS);
    }

    private long sum(int field) {
        return IntStream.range(0, SLOTS).mapToLong(slot -> get(slot, field)).sum();
    }

    /** How long a call takes on average, ms; 0 for as long as one run of the model takes. */
    long paceMillis() {
        return get(0, PACE_MILLIS);
    }

    void setPaceMillis(long millis) {
        set(0, PACE_MILLIS, millis);
    }

    private long get(int slot, int field) {
        return (long) LONGS.getVolatile(memory, slot * SLOT_BYTES + field);
    }

    private void set(int slot, int field, long value) {
        LONGS.setVolatile(memory, slot * SLOT_BYTES + field, value);
    }
}
