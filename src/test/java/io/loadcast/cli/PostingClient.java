package io.loadcast.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that posts one reading after the other, on a thread of its own, until it is told to come again later or cannot connect any
 * more. Thread-safe.
 */
final class PostingClient {
    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI readings;
    private final String region;
    private final Thread thread = new Thread(this::run, "posting-client");
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    private PostingClient(String url, String region) {
        this.readings = URI.create(url + "api/v1/readings");
        this.region = region;
    }

    static PostingClient start(String url, String region) {
        PostingClient client = new PostingClient(url, region);
        client.thread.setDaemon(true);
        client.thread.start();
        return client;
    }

    /** How many were answered with 200. */
    int accepted() {
        return accepted.get();
    }

    /** How many were answered with 503 and when to come again. */
    int refused() {
        return refused.get();
    }

    /** Waits for its end, and gives what else it was told. */
    List<String> awaitFailures() {
        try {
            thread.join(Duration.ofSeconds(20).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return failures;
    }

    private void run() {
        while (refused() == 0) {
            try {
                take(client.send(request(), HttpResponse.BodyHandlers.ofString()));
            } catch (ConnectException e) {
                return; // it was never sent
            } catch (IOException e) {
                failures.add(e.toString());
                return;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void take(HttpResponse<String> answer) {
        if (answer.statusCode() == 200) {
            accepted.incrementAndGet();
        } else if (answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isPresent()) {
            refused.incrementAndGet();
        } else {
            failures.add(answer.statusCode() + " " + answer.body());
        }
    }

    private HttpRequest request() {
        String json = "{\"region\":\"%s\",\"valid_time\":\"%s\",\"load_mw\":1000}"
                .formatted(region, FIRST.plus(Duration.ofHours(accepted.get())));
        return HttpRequest.newBuilder(readings)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    @Override
    public String toString() {
        return accepted + " accepted, " + refused + " refused, " + failures;
    }
}
