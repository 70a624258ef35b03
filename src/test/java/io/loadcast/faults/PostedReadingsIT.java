package io.loadcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.app.CommittedRecords;
import io.loadcast.app.LoadcastServer;
import io.loadcast.http.HttpClientOf;
import io.loadcast.streaming.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Posted readings where the network to Kafka stands still. */
class PostedReadingsIT {
    private static final String BODY = "{\"region\":\"north\",\"valid_time\":\"2026-01-01T0%d:00:00Z\",\"load_mw\":%d}";

    @Test
    void areAcknowledgedOnlyWhenKafkaHasThem() throws Exception {
        Path directory = FaultRuns.newDirectory("posted");
        try (StallingProxy proxy = StallingProxy.open();
                BrokerCluster broker = BrokerCluster.startBehind(List.of(proxy), directory, Map.of());
                LoadcastServer server = LoadcastServer.start(settings(broker, directory), Optional.empty())) {
            // given
            HttpClientOf http = new HttpClientOf(server.url().orElseThrow());
            assertThat(post(http, 0).statusCode()).isEqualTo(200);
            assertThat(records(broker)).isEqualTo(1);

            // when
            proxy.stall();
            CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> post(http, 1));

            // then
            Awaitility.await()
                    .during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !answer.isDone());
            assertThat(records(broker)).isEqualTo(1);
            assertThat(http.get("regions").statusCode())
                    .as("the rest answers meanwhile")
                    .isEqualTo(200);

            // when
            proxy.resume();

            // then
            HttpResponse<String> acknowledged = answer.get(60, TimeUnit.SECONDS);
            assertThat(acknowledged.statusCode()).as(acknowledged.body()).isEqualTo(200);
            assertThat(records(broker)).isEqualTo(2);

            // when
            proxy.stall();
            HttpResponse<String> refused = post(http, 2);

            // then
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("has not acknowledged");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            proxy.resume();
        }
    }

    private static Map<String, Object> settings(BrokerCluster broker, Path directory) {
        return Map.of(
                "kafka.bootstrap.servers", broker.applicationServers(),
                "kafka.streams.default.state.dir", directory.resolve("state").toString(),
                "kafka.streams.default.num.stream.threads", 1,
                "loadcast.topics.partitions", 1,
                "loadcast.http.port", 0);
    }

    private static HttpResponse<String> post(HttpClientOf http, int hour) {
        return http.post("readings", "application/json", BODY.formatted(hour, 100 + hour));
    }

    private static long records(BrokerCluster broker) {
        return CommittedRecords.of(broker.bootstrapServers(), Topics.DEFAULT.readings()).stream()
                .filter(record -> new String(record.key(), UTF_8).equals("north"))
                .count();
    }
}
