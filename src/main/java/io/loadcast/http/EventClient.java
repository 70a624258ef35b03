package io.loadcast.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One reader of the events: where it is in the ring. It gets what it asks for and holds nothing back for itself, so it costs no memory
 * and slows nobody down; the ring goes on without it. {@link #serve} is for one thread.
 */
final class EventClient implements Subscription {
    private static final int CHUNK_BYTES = 32 * 1024;
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final byte[] HEARTBEAT = "event: heartbeat\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);

    private final Subscriber<? super byte[]> subscriber;
    private final EventRing ring;
    private final EventFilter filter;
    private final Runnable wake;
    private final AtomicLong wanted = new AtomicLong();
    private volatile boolean cancelled;
    private long number;
    private byte[] greeting;
    private long sentNanos = System.nanoTime();

    /**
     * @param number of the first event that it has not read
     * @param greeting what it gets first
     * @param wake called when there is something to do for it
     */
    EventClient(
            Subscriber<? super byte[]> subscriber,
            EventRing ring,
            EventFilter filter,
            long number,
            byte[] greeting,
            Runnable wake) {
        this.subscriber = subscriber;
        this.ring = ring;
        this.filter = filter;
        this.number = number;
        this.greeting = greeting;
        this.wake = wake;
    }

    @Override
    public void request(long count) {
        wanted.accumulateAndGet(count, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        wake.run();
    }

    @Override
    public void cancel() {
        cancelled = true;
        wake.run();
    }

    /** Gives it what it wants and there is; lets it go if it was so slow that it has missed events. */
    void serve() {
        while (!cancelled && wanted.get() > 0) {
            if (greeting.length > 0) {
                send(greeting);
                greeting = new byte[0];
                continue;
            }
            Optional<EventRing.Frames> frames = ring.from(number, filter, CHUNK_BYTES);
            if (frames.isEmpty()) {
                break;
            }
            number = frames.get().next();
            if (frames.get().bytes().length == 0) {
                beat();
                break;
            }
            send(frames.get().bytes());
        }
        if (!cancelled && ring.isLost(number)) {
            end();
        }
    }

    private void beat() {
        if (System.nanoTime() - sentNanos >= HEARTBEAT_NANOS) {
            send(HEARTBEAT);
        }
    }

    private void send(byte[] bytes) {
        sentNanos = System.nanoTime();
        if (wanted.get() != Long.MAX_VALUE) {
            wanted.decrementAndGet();
        }
        subscriber.onNext(bytes);
    }

    /** Sends it a last word, if it wants any, and lets it go. */
    void end(byte[] lastWord) {
        if (!cancelled && wanted.get() > 0) {
            send(lastWord);
        }
        end();
    }

    /** Whether it needs no more: gone, or let go. */
    boolean isDone() {
        return cancelled;
    }

    /** Lets it go. */
    void end() {
        if (!cancelled) {
            cancelled = true;
            subscriber.onComplete();
        }
    }
}
