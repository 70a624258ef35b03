package io.loadcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static HttpResponse<?> answer(String configured, String host) {
        Guard guard = new Guard(new HttpLimits(configured, true, 1, 1));
        return guard.admit(HttpRequest.GET("/api/v1/regions").header("Host", host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8080",
                "127.0.0.2:8080",
                "127.255.255.254",
                "localhost:8080",
                "LOCALHOST",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]:1",
                "My-Machine:8080"
            })
    void aServerForThisMachineIsAskedByItsConfiguredHostAndByAnyLoopbackAddress(String host) {
        assertThat(answer("my-machine", host)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "127.0.0.1evil",
                "127.0.0.256",
                "128.0.0.1",
                "192.168.1.1",
                "localhost.evil.example",
                "[::2]:8080",
                "[::1]evil",
                "[evil.example]",
                "::1",
                ""
            })
    void noOtherNameMayBePointedAtAServerForThisMachine(String host) {
        assertThat(answer("127.0.0.1", host).code()).isEqualTo(HttpStatus.FORBIDDEN.getCode());
    }
}
