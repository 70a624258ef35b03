package io.loadcast.http;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/**
 * Which requests the server takes while the program starts and stops. Before it has started, and once it stops, none that writes:
 * before, the topics may be missing, and a write would make a broker create them with its own defaults. Once it stops, none that stays
 * either, and every answer ends its connection. What only reads is answered all the time. Thread-safe.
 */
@Singleton
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(Ordered.HIGHEST_PRECEDENCE + 2) // behind the guard: who is not let in is not told how the program does
public final class RequestGate {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String STREAM = "/api/v1/stream";
    private static final long RETRY_SECONDS = 5;
    private static final long LOOK_MILLIS = 20;

    private enum Phase {
        STARTING,
        OPEN,
        STOPPING
    }

    private final EventStreams streams;
    private volatile Phase phase = Phase.STARTING;
    private volatile long requestNanos = System.nanoTime();

    RequestGate(EventStreams streams) {
        this.streams = streams;
    }

    /** The program has started: everything is taken, unless it stops already. */
    public synchronized void open() {
        if (phase == Phase.STARTING) {
            phase = Phase.OPEN;
        }
    }

    /** The program stops: streams of events are ended. */
    public void stop() {
        synchronized (this) {
            phase = Phase.STOPPING;
        }
        requestNanos = System.nanoTime();
        try {
            streams.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isStopping() {
        return phase == Phase.STOPPING;
    }

    /** Waits until no request has come for so long, and not longer than so long in all. */
    public void awaitQuiet(Duration quiet, Duration longest) {
        long begun = System.nanoTime();
        try {
            while (System.nanoTime() - requestNanos < quiet.toNanos()
                    && System.nanoTime() - begun < longest.toNanos()) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> admit(HttpRequest<?> request) {
        Phase now = phase;
        if (now == Phase.OPEN) {
            return null;
        }
        requestNanos = System.nanoTime();
        boolean writes = !READING.contains(request.getMethod());
        if (now == Phase.STARTING) {
            return writes ? refusal(request, "the program is starting; send the same again once it is ready") : null;
        }
        return writes || request.getPath().equals(STREAM)
                ? refusal(request, "the program is being stopped; send the same to another instance, or again later")
                : null;
    }

    private static HttpResponse<?> refusal(HttpRequest<?> request, String detail) {
        return Problems.response(request, new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, detail, RETRY_SECONDS));
    }

    /** A connection that stays open would be cut while its next request is on the way. */
    @ResponseFilter
    void endConnection(MutableHttpResponse<?> response) {
        if (isStopping()) {
            response.header(HttpHeaders.CONNECTION, "close");
        }
    }
}
