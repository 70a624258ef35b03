package io.loadcast.http;

import io.loadcast.view.EventKind;
import io.loadcast.view.GridView;
import io.loadcast.view.ViewListener;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpStatus;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All who follow the stream of events, served by one thread of its own, so that the view never waits for any of them. Thread-safe;
 * closed by the container.
 */
@Singleton
final class EventStreams implements ViewListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final int MOST_EVENTS = 20_000;
    private static final long MOST_BYTES = 16L << 20;
    private static final long LOOK_MILLIS = 1_000;
    private static final long PLACE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final byte[] RESET = "event: reset\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);

    private final GridView view;
    private final EventRing ring = new EventRing(MOST_EVENTS, MOST_BYTES);
    private final Set<EventClient> clients = ConcurrentHashMap.newKeySet();
    private final Set<Place> places = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final Semaphore something = new Semaphore(0);
    private final int mostClients;
    private final Thread thread = new Thread(this::run, "event-streams");
    private volatile boolean closed;
    private volatile boolean anew;

    EventStreams(GridView view, HttpLimits limits) {
        this.view = view;
        this.mostClients = limits.streamClients();
        thread.setDaemon(true);
        thread.start();
        view.listen(this);
    }

    @Override
    public void happened(EventKind kind, @Nullable String region, byte[] json) {
        ring.add(kind, region, json);
        wake();
    }

    @Override
    public void readAnew() {
        anew = true;
        wake();
    }

    /**
     * The events from now on, or from the one after an id.
     *
     * @throws ProblemException if too many follow already
     */
    Publisher<byte[]> follow(EventFilter filter, Optional<String> lastId) {
        if (!takePlace()) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    mostClients + " clients follow the stream, as many as loadcast.http.stream-clients allows; end one",
                    30);
        }
        Place place = new Place(filter, lastId);
        places.add(place);
        return place;
    }

    private boolean takePlace() {
        return open.getAndUpdate(count -> Math.min(mostClients, count + 1)) < mostClients;
    }

    /**
     * Counts from when it is given, so that no more are given than there are; whoever does not come for it (has left meanwhile, or asked
     * for the headers alone) loses it.
     */
    private final class Place implements Publisher<byte[]> {
        private final long sinceNanos = System.nanoTime();
        private final EventFilter filter;
        private final Optional<String> lastId;

        private Place(EventFilter filter, Optional<String> lastId) {
            this.filter = filter;
            this.lastId = lastId;
        }

        @Override
        public void subscribe(Subscriber<? super byte[]> subscriber) {
            if (places.remove(this) || takePlace()) {
                EventStreams.this.subscribe(subscriber, filter, lastId);
            } else {
                EventClient late = new EventClient(subscriber, ring, filter, 0, new byte[0], () -> {});
                subscriber.onSubscribe(late);
                late.end();
            }
        }

        private boolean isOver() {
            return System.nanoTime() - sinceNanos > PLACE_NANOS;
        }
    }

    private void subscribe(Subscriber<? super byte[]> subscriber, EventFilter filter, Optional<String> lastId) {
        Optional<Long> resumed = lastId.flatMap(ring::after);
        long number = resumed.orElseGet(ring::end);
        // An id without data is no event: who is cut off before the first one can still go on from here.
        String greeting = "retry: 2000\nid: " + ring.idBefore(number) + "\n" + unknown(filter) + "\n";
        boolean missed = lastId.isPresent() && resumed.isEmpty();
        byte[] first = (missed ? greeting + new String(RESET, StandardCharsets.UTF_8) : greeting)
                .getBytes(StandardCharsets.UTF_8);
        EventClient client = new EventClient(subscriber, ring, filter, number, first, this::wake);
        try {
            subscriber.onSubscribe(client);
        } catch (RuntimeException e) {
            open.decrementAndGet();
            throw e;
        }
        clients.add(client);
        wake();
    }

    /** Somebody may wait for a region's first reading, so it is no error; a slip in the name should be seen all the same. */
    private String unknown(EventFilter filter) {
        return filter.regions().stream()
                .filter(region -> view.region(region).isEmpty())
                .sorted()
                .map(region -> ": region " + Quoted.of(region) + " is not known yet\n")
                .collect(Collectors.joining());
    }

    private void wake() {
        if (something.availablePermits() == 0) {
            something.release();
        }
    }

    private void run() {
        while (!closed) {
            try {
                if (something.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    something.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
            if (anew) {
                anew = false;
                clients.forEach(client -> attempt(client, () -> client.end(RESET)));
            }
            clients.forEach(this::serve);
            places.stream().filter(Place::isOver).filter(places::remove).forEach(place -> open.decrementAndGet());
        }
    }

    private void serve(EventClient client) {
        attempt(client, client::serve);
        if (client.isDone() && clients.remove(client)) {
            open.decrementAndGet();
        }
    }

    /** Whatever a client throws ends its stream, so that it sees that it has to come again, and nobody else's. */
    private static void attempt(EventClient client, Runnable work) {
        try {
            work.run();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            LOG.warn("a client of the stream is let go: {}; it may come again", e.toString());
            if (!client.isDone()) {
                attempt(client, client::end);
            }
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        closed = true;
        wake();
        thread.join(LOOK_MILLIS);
        clients.forEach(client -> attempt(client, () -> client.end(new byte[0])));
        clients.clear();
    }
}
