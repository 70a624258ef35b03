package io.loadcast.models;

import io.loadcast.forecasting.ForecastEngineException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The fetching of model files that lie outside the topic, bounded in size and time. */
public final class ModelDownload {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private ModelDownload() {}

    /**
     * Fetches a file; waits for it two minutes at the most.
     *
     * @param uri of {@code http}, {@code https} or {@code file}
     * @param bytes how long it has to be
     * @throws ForecastEngineException if it cannot be had in time, or has another length
     */
    public static byte[] of(URI uri, long bytes) {
        return of(uri, bytes, TIMEOUT);
    }

    static byte[] of(URI uri, long bytes, Duration timeout) {
        CompletableFuture<byte[]> fetched = new CompletableFuture<>();
        Thread fetching = new Thread(() -> fetch(uri, bytes, fetched), "model-download");
        fetching.setDaemon(true);
        fetching.start();
        try {
            return fetched.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new ForecastEngineException(
                    "model at " + uri + ": " + reason(e.getCause() == null ? e : e.getCause()), e);
        } catch (TimeoutException e) {
            fetching.interrupt();
            throw new ForecastEngineException(
                    "model at " + uri + ": not fetched within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            fetching.interrupt();
            Thread.currentThread().interrupt();
            throw new ForecastEngineException("model at " + uri + ": interrupted", e);
        }
    }

    private static void fetch(URI uri, long bytes, CompletableFuture<byte[]> fetched) {
        try (InputStream in = open(uri)) {
            byte[] read = in.readNBytes(Math.toIntExact(bytes + 1));
            if (read.length != bytes) {
                throw new IOException("it has " + (read.length > bytes ? "more than " + bytes : read.length)
                        + " bytes, not " + bytes);
            }
            fetched.complete(read);
        } catch (InterruptedException e) {
            fetched.completeExceptionally(e); // nobody waits any more
        } catch (IOException | RuntimeException e) {
            fetched.completeExceptionally(e);
        }
    }

    private static InputStream open(URI uri) throws IOException, InterruptedException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        switch (scheme) {
            case "file":
                return Files.newInputStream(Path.of(uri));
            case "http", "https":
                HttpClient client = HttpClient.newBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build();
                HttpResponse<InputStream> response =
                        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
                if (response.statusCode() != 200) {
                    response.body().close();
                    throw new IOException("the server answers " + response.statusCode());
                }
                return response.body();
            default:
                throw new IOException("a model is fetched by http, https or file");
        }
    }

    private static String reason(Throwable cause) {
        if (cause instanceof java.nio.file.NoSuchFileException) {
            return "there is no such file";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
