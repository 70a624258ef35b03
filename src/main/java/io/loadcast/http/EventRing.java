package io.loadcast.http;

import io.loadcast.view.EventKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest events, in bounded memory. They are numbered, so that whoever has read up to one can go on after it; who comes too late for
 * that is told so. Thread-safe.
 */
final class EventRing {
    private final long mostBytes;

    /** Numbers are of this run of the server only: another one knows other events by them. */
    private final String run = Integer.toHexString(new SecureRandom().nextInt());

    private final @Nullable Entry[] entries; // by number, around; guarded by this
    private long bytes; // guarded by this
    private long oldest; // guarded by this
    private long next; // guarded by this

    EventRing(int mostEvents, long mostBytes) {
        this.entries = new Entry[mostEvents];
        this.mostBytes = mostBytes;
    }

    /** @param frame as it is sent, with its id */
    record Entry(EventKind kind, @Nullable String region, byte[] frame) {}

    /**
     * What is to be sent now.
     *
     * @param bytes frames, none if nothing that is wanted has happened
     * @param next up to where they reach
     */
    record Frames(byte[] bytes, long next) {}

    synchronized void add(EventKind kind, @Nullable String region, byte[] json) {
        byte[] frame = frame(kind, json, id(next));
        if (next - oldest == entries.length) {
            dropOldest();
        }
        entries[slot(next)] = new Entry(kind, region, frame);
        next++;
        bytes += frame.length;
        while (bytes > mostBytes && next - oldest > 1) {
            dropOldest();
        }
    }

    private void dropOldest() {
        bytes -= entryAt(oldest).frame().length;
        entries[slot(oldest)] = null;
        oldest++;
    }

    private Entry entryAt(long number) {
        return Objects.requireNonNull(entries[slot(number)]);
    }

    private int slot(long number) {
        return (int) (number % entries.length);
    }

    private static byte[] frame(EventKind kind, byte[] json, String id) {
        // A line break would end the data; between the tokens of JSON it means nothing, and within a string there is
        // none.
        String data =
                new String(json, StandardCharsets.UTF_8).replace('\n', ' ').replace('\r', ' ');
        return ("id: " + id + "\nevent: " + kind.key() + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** After the newest event. */
    synchronized long end() {
        return next;
    }

    /** What a client sends to go on after the event before this number. */
    String idBefore(long number) {
        return id(number - 1);
    }

    private String id(long number) {
        return run + "-" + number;
    }

    /** The number after an id; empty if that is not there any more, or of another run. */
    synchronized Optional<Long> after(String id) {
        if (!id.startsWith(run + "-")) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(id.substring(run.length() + 1)) + 1;
            return number > next || isLost(number) ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the event of this number has been dropped, so that who is there has missed some. */
    synchronized boolean isLost(long number) {
        return number < oldest;
    }

    /**
     * The wanted events from a number on, about so many bytes of them; empty if that number is {@linkplain #isLost lost}.
     */
    synchronized Optional<Frames> from(long number, EventFilter filter, int mostFrameBytes) {
        if (isLost(number)) {
            return Optional.empty();
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        long reached = number;
        while (reached < next && frames.size() < mostFrameBytes) {
            Entry entry = entryAt(reached++);
            if (filter.wants(entry)) {
                frames.writeBytes(entry.frame());
            }
        }
        return Optional.of(new Frames(frames.toByteArray(), reached));
    }
}
