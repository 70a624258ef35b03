package io.loadcast.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.loadcast.forecasting.ForecastEngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDownloadTest {
    private static final byte[] FILE = {1, 2, 3, 4};

    @TempDir
    Path directory;

    private HttpServer server;
    private final CountDownLatch stalled = new CountDownLatch(1);

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/model.onnx", exchange -> {
            exchange.sendResponseHeaders(200, FILE.length);
            exchange.getResponseBody().write(FILE);
            exchange.close();
        });
        server.createContext("/moved.onnx", exchange -> {
            exchange.getResponseHeaders().add("Location", "/model.onnx");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/stalls.onnx", exchange -> {
            exchange.sendResponseHeaders(200, FILE.length);
            exchange.getResponseBody().write(FILE, 0, 1);
            exchange.getResponseBody().flush();
            try {
                stalled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        stalled.countDown();
        server.stop(0);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void aFileIsFetchedWhereverItLies() throws IOException {
        Path file = Files.write(directory.resolve("model.onnx"), FILE);

        assertThat(ModelDownload.of(uri("/model.onnx"), FILE.length)).isEqualTo(FILE);
        assertThat(ModelDownload.of(uri("/moved.onnx"), FILE.length)).isEqualTo(FILE);
        assertThat(ModelDownload.of(file.toUri(), FILE.length)).isEqualTo(FILE);
    }

    @Test
    void anotherLengthIsRefusedWithoutReadingOn() {
        assertRefused(uri("/model.onnx"), 3, "it has more than 3 bytes, not 3");
        assertRefused(uri("/model.onnx"), 5, "it has 4 bytes, not 5");
    }

    @Test
    void whatIsNotThereIsToldWithTheReason() {
        assertRefused(uri("/none.onnx"), 4, "the server answers 404");
        assertRefused(directory.resolve("none.onnx").toUri(), 4, "there is no such file");
        assertRefused(URI.create("http://127.0.0.1:9/model.onnx"), 4, "model at http://127.0.0.1:9/model.onnx: ");
        assertRefused(URI.create("ftp://127.0.0.1/model.onnx"), 4, "a model is fetched by http, https or file");
        assertRefused(URI.create("model.onnx"), 4, "a model is fetched by http, https or file");
    }

    @Test
    void aServerThatStallsIsNotWaitedForForLong() {
        assertThatThrownBy(() -> ModelDownload.of(uri("/stalls.onnx"), FILE.length, Duration.ofMillis(500)))
                .isInstanceOf(ForecastEngineException.class)
                .hasMessageContaining("not fetched within");
    }

    private static void assertRefused(URI uri, long bytes, String message) {
        assertThatThrownBy(() -> ModelDownload.of(uri, bytes))
                .isInstanceOf(ForecastEngineException.class)
                .hasMessageContaining(message);
    }
}
