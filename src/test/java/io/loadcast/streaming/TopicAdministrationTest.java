package io.loadcast.streaming;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TopicAdministrationTest {
    /** Nobody listens there. */
    private static final Map<String, String> NOWHERE =
            Map.of("bootstrap.servers", "127.0.0.1:9", "default.api.timeout.ms", "1000", "request.timeout.ms", "1000");

    private static final String REMEDY =
            "no Kafka broker answered at 127.0.0.1:9 within 1 s; start one, or correct --bootstrap-servers";

    @Test
    void aClusterThatDoesNotAnswerIsToldWithItsAddressAndTheRemedy() {
        try (TopicAdministration administration = TopicAdministration.connect(NOWHERE)) {
            assertThatThrownBy(() -> administration.createMissing(Topics.DEFAULT, 1, Optional.empty()))
                    .isInstanceOf(KafkaUnavailableException.class)
                    .hasCauseInstanceOf(TimeoutException.class)
                    .hasMessage(REMEDY);
            assertThatThrownBy(() -> administration.describe(Topics.DEFAULT))
                    .isInstanceOf(KafkaUnavailableException.class)
                    .hasMessage(REMEDY);
        }
    }

    @Test
    void anAddressThatIsNoneIsToldWithItsReason() {
        assertThatThrownBy(() -> TopicAdministration.connect(Map.of("bootstrap.servers", "nonsense")))
                .isInstanceOf(KafkaUnavailableException.class)
                .hasMessageStartingWith("cannot connect to Kafka at nonsense: ")
                .hasMessageContaining("bootstrap.servers");
    }
}
