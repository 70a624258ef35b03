package io.loadcast.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.streaming.KafkaUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that waits for a cluster which takes connections and never answers. */
class StartupProbeIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private int port;

    @BeforeEach
    void findPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @Test
    void theProbesAnswerMeanwhileNothingIsWrittenAndTheStartFailsAsWithoutThem() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // when
            CompletableFuture<LoadcastServer> start = CompletableFuture.supplyAsync(() -> LoadcastServer.start(
                    Map.of(
                            "kafka.bootstrap.servers",
                            "127.0.0.1:" + mute.getLocalPort(),
                            "kafka.streams.default.state.dir",
                            directory.resolve("state").toString(),
                            "loadcast.http.port",
                            port),
                    Optional.empty()));

            // then
            Awaitility.await()
                    .atMost(LONGEST)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> {
                        HttpResponse<String> startup =
                                send(request("health/startup").build());
                        assertThat(startup.statusCode()).isEqualTo(503);
                        JsonNode body = JSON.readTree(startup.body());
                        assertThat(body.at("/reasons/0").asText())
                                .isEqualTo("the topology has not run yet: the cluster is asked for its topics");
                        assertThat(body.get("topology").asText()).isEqualTo("created");
                        assertThat(body.has("restore")).isTrue();
                    });
            assertThat(send(request("health/liveness").build()).statusCode()).isEqualTo(200);
            assertThat(send(request("health/readiness").build()).statusCode()).isEqualTo(503);
            assertThat(send(request("prometheus").build()).body()).contains("loadcast_ready 0.0");
            assertThat(JSON.readTree(send(request("api/v1/regions").build()).body())
                            .findValue("regions"))
                    .isEmpty();
            HttpResponse<String> refused = send(request("api/v1/readings")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"region\":\"north\",\"valid_time\":\"2024-01-01T00:00:00Z\",\"load_mw\":1000}"))
                    .build());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(JSON.readTree(refused.body()).get("detail").asText()).contains("is starting");

            // then
            assertThatThrownBy(start::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOf(KafkaUnavailableException.class)
                    .hasMessageContaining("no Kafka broker answered");
            assertThatThrownBy(() -> send(request("health/startup").build())).isInstanceOf(IOException.class);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
    }
}
