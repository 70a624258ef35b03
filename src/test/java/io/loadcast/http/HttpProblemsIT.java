package io.loadcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.app.LoadcastServer;
import io.loadcast.app.ServedBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server with a broker answers to requests that it cannot do as they are asked: problems, in words of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpProblemsIT {
    private static final String JSON = "application/json";
    private static final int READINGS_PER_SECOND = 100;

    private ServedBroker broker;
    private LoadcastServer server;
    private HttpClientOf http;

    @BeforeAll
    void startWithOneRegion(@TempDir Path directory) {
        broker = ServedBroker.start(directory);
        server = broker.serve(Map.of(
                "loadcast.http.enabled",
                true,
                "loadcast.http.port",
                0,
                "loadcast.http.max-body-kb",
                64,
                "loadcast.http.readings-per-second",
                READINGS_PER_SECOND,
                "loadcast.topics.partitions",
                1));
        http = new HttpClientOf(server.url().orElseThrow());
        assertThat(http.post("readings", JSON, reading("SYN_0001")).statusCode())
                .isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> http.get("regions/SYN_0001").statusCode() == 200);
    }

    private static String reading(String region) {
        return "{\"region\":\"%s\",\"valid_time\":\"2026-01-01T05:00:00Z\",\"load_mw\":1}".formatted(region);
    }

    @AfterAll
    void stop() {
        server.close();
        broker.close();
    }

    @Test
    void aRequestOfWhichNothingIsValidIsRefusedWithEveryReason() {
        HttpResponse<String> response = http.post(
                "readings", JSON, "[{\"region\":\"x\"},{\"region\":\"\",\"valid_time\":\"now\",\"load_mw\":1}]");

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode problem = HttpClientOf.tree(response.body());
        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.get("rejected").findValuesAsText("reason")).containsExactly("missing-field", "bad-region");
    }

    @ParameterizedTest(name = "GET {0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "regions/nowhere | 404 | region 'nowhere' is not known",
                "regions/nowhere/forecast | 404 | region 'nowhere' is not known",
                "regions/nowhere/history | 404 | region 'nowhere' is not known",
                "regions/nowhere/accuracy | 404 | region 'nowhere' is not known",
                "nothing | 404 | is no route",
                "regions?limit=many | 400 | parameter limit is 'many'; send a whole number",
                "regions?limit=1001 | 400 | from 1 to 1000",
                "regions/SYN_0001/history?from=yesterday | 400 | parameter from is 'yesterday'",
                "regions/SYN_0001/history?lead=0 | 400 | parameter lead is '0'; send a whole number from 1 to 24",
                "regions/SYN_0001/history?lead=99 | 400 | parameter lead is '99'; send a whole number from 1 to 24",
                "regions?limit= | 400 | parameter limit is empty",
                "regions?limit=1&limit=2 | 400 | parameter limit is there 2 times; send it once",
                "regions?windw=1 | 400 | parameter 'windw' is not known here; send some of query, limit, after",
                "models?all=yes | 400 | parameter 'all' is not known here; send none",
                "openapi.json?x=1 | 400 | send none",
                "accuracy?window=24H | 400 | parameter window is '24H'; send 24h, 168h or all",
                "alerts?kind=nonsense | 400 | parameter kind is 'nonsense'; send device-lost, feed-gap,",
                "alerts?region=nowhere | 404 | region 'nowhere' is not known",
                "stream?regions= | 400 | parameter regions is empty; give it a value, or leave it out",
                "regions/SYN_0001/history?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z | 400 | before the end",
                "accuracy?window=1h | 400 | send 24h, 168h or all",
                "alerts?active=perhaps | 400 | send true or false",
                "alerts?limit=0 | 400 | from 1 to 1000",
                "alerts?after=gone | 400 | parameter after is 'gone'; send the next of the page before, or leave it out",
                "stream?types=tick,tock | 400 | parameter types is 'tock'",
                "readings | 405 | GET is not for",
            })
    void whatCannotBeAnsweredIsAProblem(String path, int status, String detail) {
        assertIsProblem(http.get(path), status, detail);
    }

    @Test
    void whatCannotBeTakenIsAProblem() {
        assertIsProblem(
                http.post("readings", JSON, "{\"region\":"), 400, "its JSON ends too early at line 1, column 11");
        assertIsProblem(http.post("readings", JSON, "[] []"), 400, "something follows");
        assertIsProblem(http.post("readings", JSON, "[]"), 400, "no reading");
        assertIsProblem(http.post("readings", "text/csv", "region,load\nx,1"), 400, "region,valid_time,load_mw");
        assertIsProblem(http.post("readings", "application/xml", "<a/>"), 415, "application/json or text/csv");
        assertIsProblem(http.post("readings", JSON, " ".repeat(70_000)), 413, "max-body-kb");
        assertIsProblem(http.post("regions", JSON, "{}"), 405, "POST is not for");
        assertIsProblem(http.send("DELETE", "regions/SYN_0001"), 405, "DELETE is not for");
        assertIsProblem(
                http.post("readings", JSON, "{}", "Origin", "http://evil.example"), 403, "'http://evil.example'");
        assertThat(http.post(
                                "readings",
                                JSON,
                                "{}",
                                "Origin",
                                server.url().orElseThrow().replaceFirst("/$", ""))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRequestForAnotherHostIsRefused() throws Exception {
        // given
        URI url = URI.create(server.url().orElseThrow());

        // when
        String answer;
        try (Socket socket = new Socket("127.0.0.1", url.getPort())) {
            socket.getOutputStream()
                    .write("GET /api/v1/regions HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(UTF_8));
            answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        }

        // then
        assertThat(answer).startsWith("HTTP/1.1 403").contains("application/problem+json", "evil.example");
    }

    private static void assertIsProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = HttpClientOf.tree(response.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.get("detail").asText()).contains(detail);
        assertThat(problem.get("instance").asText()).startsWith("/api/v1/");
        assertThat(response.body()).doesNotContain("Exception", "\tat ");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self'");
        assertThat(response.headers().firstValue("Server")).isEmpty();
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"region\":\"x\",}] | application/json | not well-formed JSON at line 1, column 1",
                "{\"region\":01} | application/json | not well-formed JSON at line 1, column 1",
                "NaN | application/json | not well-formed JSON at line 1, column",
                "[{\"region\":\"x\" | application/json | its JSON ends too early at line 1, column",
                "region,valid_time,load_mw~\"a\"b,c,d | text/csv | its CSV cannot be taken apart from line 2 on: a quoted",
                "region,valid_time,load_mw~\"a,c,d | text/csv | its CSV cannot be taken apart from line 2 on: a quoted value is not closed",
                "region,valid_time,load_mw~a,b,1~\"c | text/csv | its CSV cannot be taken apart from line 3 on",
                "\"region | text/csv | its CSV cannot be taken apart from line 1 on",
                "region,region,valid_time,load_mw | text/csv | its header is 'region,region,valid_time,load_mw'; send",
                ",,load_mw | text/csv | its header is ',,load_mw'; send region,valid_time,load_mw as the first line",
            })
    void whatIsWrongWithABodyIsSaidInWordsOfItsOwn(String body, String type, String detail) {
        HttpResponse<String> answer = http.post("readings", type, body.replace('~', '\n'));

        assertIsProblem(answer, 400, detail);
    }

    @Test
    void aBodyBeyondWhatAReadingNeedsIsToldTheLimits() {
        String digits =
                "{\"region\":\"x\",\"valid_time\":\"2026-01-01T00:00:00Z\",\"load_mw\":" + "1".repeat(2_000) + "}";

        assertIsProblem(http.post("readings", JSON, "[".repeat(5_000)), 400, "nests deeper than 20");
        assertIsProblem(http.post("readings", JSON, digits), 400, "a number or a name of more than 1000 characters");
        assertIsProblem(
                http.post("readings", JSON, "{\"" + "r".repeat(60_000) + "\":1}"),
                400,
                "a number or a name of more than 1000 characters");
    }

    @Test
    void aBodyWithNothingInItIsEmptyWhateverItsType() {
        for (String type : new String[] {JSON, "text/csv"}) {
            assertIsProblem(http.post("readings", type, ""), 400, "it is empty; send a JSON object");
            assertIsProblem(http.post("readings", type, " \n"), 400, "it is empty; send a JSON object");
        }
        assertIsProblem(http.send("POST", "readings"), 400, "it is empty; send a JSON object");
    }

    @Test
    void aBodyMayBeCompressedAndHasToBeWhatItsHeaderSays() throws Exception {
        assertThat(postEncoded("gzip", gzip(reading("zipped").getBytes(UTF_8))).statusCode())
                .isEqualTo(200);
        assertIsProblem(
                postEncoded("gzip", reading("x").getBytes(UTF_8)),
                400,
                "not compressed as the header Content-Encoding says");
        assertIsProblem(
                postEncoded("br", reading("x").getBytes(UTF_8)), 415, "the header Content-Encoding is 'br'; send gzip");
        assertIsProblem(postEncoded("gzip", gzip(new byte[10_000_000])), 413, "max-body-kb");
    }

    private HttpResponse<String> postEncoded(String encoding, byte[] body) throws IOException, InterruptedException {
        return http.client()
                .send(
                        http.request("readings", "Content-Type", JSON, "Content-Encoding", encoding)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(bytes);
        }
        return zipped.toByteArray();
    }

    @Test
    void aFormOfAnswerThatIsNotThereIsNotAcceptable() {
        assertIsProblem(http.get("regions", "Accept", "text/html"), 406, "the header Accept is 'text/html'");
        assertIsProblem(http.get("stream", "Accept", JSON), 406, "the header Accept is 'application/json'");
    }

    @Test
    void ofManyRejectedReadingsTheFirstAreListedAndAllAreCounted() throws Exception {
        // given
        String many = "[" + reading("counted") + ",1".repeat(20_000) + "]";

        // when
        String some = postFrom("127.0.0.3", many);
        String none = postFrom("127.0.0.4", "[1" + ",1".repeat(20_000) + "]");

        // then
        assertThat(some).startsWith("HTTP/1.1 200").contains("\"accepted\":1,", "\"rejected_count\":20000");
        assertThat(none)
                .startsWith("HTTP/1.1 400")
                .contains(
                        "none of 20001 readings is valid; rejected says why of the first 1000",
                        "\"rejected_count\":20001");
        for (String answer : new String[] {some, none}) {
            assertThat(answer.split("\"index\":", -1)).hasSize(1 + 1_000);
        }
        assertThat(postFrom("127.0.0.3", reading("counted"))).startsWith("HTTP/1.1 429");
        assertThat(postFrom("127.0.0.5", reading("counted"))).startsWith("HTTP/1.1 200");
    }

    private String postFrom(String address, String body) throws IOException {
        URI url = URI.create(server.url().orElseThrow());
        try (Socket socket = new Socket("127.0.0.1", url.getPort(), InetAddress.getByName(address), 0)) {
            String head = "POST /api/v1/readings HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void readingsThatComeTooFastAreToldWhenToComeAgainAndThenTaken() {
        // given
        String many = "[" + "1,".repeat(12 * READINGS_PER_SECOND) + "1]";
        assertIsProblem(http.post("readings", JSON, many), 400, "none of 1201 readings is valid");

        // when
        HttpResponse<String> refused = http.post("readings", JSON, reading("hasty"));

        // then
        assertIsProblem(refused, 429, "loadcast.http.readings-per-second");
        long seconds =
                Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow());
        assertThat(seconds).isBetween(1L, 4L);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> http.post("readings", JSON, reading("hasty")).statusCode() == 200);
    }
}
