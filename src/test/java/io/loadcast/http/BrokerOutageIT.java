package io.loadcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.app.LoadcastServer;
import io.loadcast.app.ServedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose only broker goes away for a while. */
class BrokerOutageIT {
    private static final Duration LONGEST = Duration.ofSeconds(180);

    private ServedBroker broker;
    private LoadcastServer server;
    private HttpClientOf http;

    @BeforeEach
    void start(@TempDir Path directory) {
        broker = ServedBroker.start(directory);
        server = broker.serve(
                Map.of("loadcast.http.enabled", true, "loadcast.http.port", 0, "loadcast.topics.partitions", 1));
        http = new HttpClientOf(server.url().orElseThrow());
    }

    @AfterEach
    void stop() {
        server.close();
        broker.close();
    }

    @Test
    void whatIsKnownIsServedMeanwhileReadingsAreRefusedAndTheViewGoesOnAfterwards() {
        // given
        assertThat(post(5, 100).statusCode()).isEqualTo(200);
        awaitNewest("2026-01-01T05:00:00Z");
        Awaitility.await()
                .atMost(LONGEST)
                .untilAsserted(() -> assertThat(metrics())
                        .contains(
                                "loadcast_models_followed 1.0",
                                "loadcast_view_following 1.0",
                                "loadcast_models_in_use{role=\"champion\"} 1.0"));

        // when
        Instant outage = Instant.now();
        broker.stop();

        // then
        HttpResponse<String> refused = post(6, 101);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(HttpClientOf.tree(refused.body()).get("detail").asText())
                .startsWith("Kafka has not acknowledged")
                .contains("Send the same again");
        assertThat(newest()).isEqualTo("2026-01-01T05:00:00Z");
        assertThat(http.get("regions/north/history").statusCode()).isEqualTo(200);
        Awaitility.await().atMost(LONGEST).untilAsserted(() -> {
            assertThat(metrics()).contains("loadcast_models_followed 0.0");
            JsonNode models = health().get("models_topic");
            assertThat(models.get("followed").asBoolean()).isFalse();
            assertThat(models.get("failure").asText()).isNotBlank();
            assertThat(models.get("seconds_since_read").asDouble()).isGreaterThan(5);
            JsonNode view = health().get("view");
            assertThat(view.get("state").asText()).isEqualTo("failing");
            assertThat(view.get("failure").asText()).contains("no broker has answered");
            assertThat(Instant.parse(view.get("since").asText())).isAfter(outage);
            assertThat(metrics()).contains("loadcast_view_following 0.0");
        });

        // when
        broker.comeBack();

        // then
        Awaitility.await().atMost(LONGEST).until(() -> post(6, 101).statusCode() == 200);
        awaitNewest("2026-01-01T06:00:00Z");
        Awaitility.await().atMost(LONGEST).untilAsserted(() -> {
            assertThat(health().at("/models_topic/followed").asBoolean()).isTrue();
            assertThat(health().at("/view/state").asText()).isEqualTo("following");
            assertThat(health().get("view").has("failure")).isFalse();
            assertThat(metrics()).contains("loadcast_models_followed 1.0", "loadcast_view_following 1.0");
        });
    }

    private HttpResponse<String> post(int hour, double loadMw) {
        return http.post(
                "readings",
                "application/json",
                "{\"region\":\"north\",\"valid_time\":\"2026-01-01T0%d:00:00Z\",\"load_mw\":%s}"
                        .formatted(hour, loadMw));
    }

    private void awaitNewest(String validTime) {
        Awaitility.await().atMost(LONGEST).until(() -> newest().equals(validTime));
    }

    private String newest() {
        return http.json("regions/north").path("newest_valid_time").asText();
    }

    private JsonNode health() throws IOException, InterruptedException {
        return HttpClientOf.tree(body("health/liveness"));
    }

    private String metrics() throws IOException, InterruptedException {
        return body("prometheus");
    }

    private String body(String path) throws IOException, InterruptedException {
        URI uri = URI.create(server.url().orElseThrow() + path);
        return http.client()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
