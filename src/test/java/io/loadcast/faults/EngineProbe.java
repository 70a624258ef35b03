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

/**
 * What the engine of another process is doing, in a file that both have mapped: it outlives a {@code kill -9}, and says what the
 * process was at when it came. The application writes, for one stream thread; the test reads, and sets the pace.
 */
final class EngineProbe {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int BEGUN = 0;
    private static final int ENDED = 8;
    private static final int WINDOWS_IN_CALL = 16;
    private static final int WINDOWS = 24;
    private static final int BEGUN_AT_MILLIS = 32;
    private static final int PACE_MILLIS = 40;
    private static final int BYTES = 48;

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

    void begin(int windows) {
        set(WINDOWS_IN_CALL, windows);
        set(BEGUN_AT_MILLIS, System.currentTimeMillis());
        set(BEGUN, begun() + 1);
    }

    void end() {
        set(WINDOWS, windows() + get(WINDOWS_IN_CALL));
        set(ENDED, begun());
    }

    /** A call has begun and not ended. */
    boolean isInside() {
        return begun() > ended();
    }

    /** Inside a call for at least that long. */
    boolean isInsideFor(long millis) {
        return isInside() && System.currentTimeMillis() - get(BEGUN_AT_MILLIS) >= millis;
    }

    long begun() {
        return get(BEGUN);
    }

    long ended() {
        return get(ENDED);
    }

    /** Of the call that is under way. */
    long windowsInCall() {
        return isInside() ? get(WINDOWS_IN_CALL) : 0;
    }

    /** Of all calls that have ended. */
    long windows() {
        return get(WINDOWS);
    }

    /** How long a call takes on average, ms; 0 for as long as one run of the model takes. */
    long paceMillis() {
        return get(PACE_MILLIS);
    }

    void setPaceMillis(long millis) {
        set(PACE_MILLIS, millis);
    }

    private long get(int offset) {
        return (long) LONGS.getVolatile(memory, offset);
    }

    private void set(int offset, long value) {
        LONGS.setVolatile(memory, offset, value);
    }
}
