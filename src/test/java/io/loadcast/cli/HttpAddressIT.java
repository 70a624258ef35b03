package io.loadcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the HTTP server listens, and what is said where it cannot. */
class HttpAddressIT {
    private static final int SECONDS = 120;
    private static final Pattern SAID = Pattern.compile("HTTP at (http://\\S+), as its port is taken");

    @Test
    void demoTakesAnotherPortThanOneThatIsTaken() throws Exception {
        // given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                // when
                LoadcastProcess demo = LoadcastProcess.start(
                        "demo", "--hours", "30", "--http-port", Integer.toString(taken.getLocalPort()))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(SECONDS))
                    .failFast("the demo has ended", () -> !demo.isAlive())
                    .until(() -> SAID.matcher(demo.stderr()).find());

            // then
            Matcher said = SAID.matcher(demo.stderr());
            assertThat(said.find()).isTrue();
            URI url = URI.create(said.group(1));
            assertThat(url.getPort()).isPositive().isNotEqualTo(taken.getLocalPort());
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "{0} --http-host {1} --http-port {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "serve | 10.255.255.1 | 8080 | is '10.255.255.1', which is no address of this machine; name one that is",
                "serve | 10.255.255.1 | 0 | is '10.255.255.1', which is no address of this machine; name one that is",
                "serve | no-such-host.invalid | 8080 | is 'no-such-host.invalid', which has no address; name one",
                "demo | 10.255.255.1 | 8080 | is '10.255.255.1', which is no address of this machine; name one that is",
                "demo | no-such-host.invalid | 0 | is 'no-such-host.invalid', which has no address; name one",
            })
    void aHostThatIsElsewhereIsSaidOnOneLine(String command, String host, String port, String message)
            throws Exception {
        String[] arguments = command.equals("serve")
                ? new String[] {command, "-b", "127.0.0.1:9", "--http-host", host, "--http-port", port}
                : new String[] {command, "--http-host", host, "--http-port", port};
        try (LoadcastProcess process = LoadcastProcess.start(arguments)) {
            assertThat(process.exitCode(SECONDS)).isEqualTo(2);
            assertThat(process.stderr().lines())
                    .filteredOn(line -> line.contains(message))
                    .singleElement()
                    .asString()
                    .startsWith("loadcast " + command + ": setting loadcast.http.host ");
            assertThat(process.stderr()).doesNotContain("ERROR", "\tat ", "Exception");
        }
    }
}
