package io.loadcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.streaming.ReadingScope;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TopicSurveyorTest {
    private static ConsumerRecord<byte[], byte[]> reading(int partition, long offset, String region) {
        String json =
                "{\"region\":\"" + region + "\",\"valid_time\":\"2024-01-01T0" + offset + ":00:00Z\",\"load_mw\":7}";
        return new ConsumerRecord<>("t", partition, offset, region.getBytes(UTF_8), json.getBytes(UTF_8));
    }

    @Test
    void aRegionInTwoPartitionsIsNamedWithTheCause() {
        // given
        TopicSurveyor surveyor = new TopicSurveyor("t", Map.of(0, 0L, 1, 0L), Map.of(), ReadingScope.ALL, false, false);

        // when
        surveyor.take(reading(0, 0, "AEP"));
        surveyor.take(reading(0, 1, "DUQ"));
        surveyor.take(reading(1, 0, "AEP"));
        TopicSurvey survey = surveyor.result("t", false, List.of());

        // then
        assertThat(survey.split()).containsExactly("AEP");
        assertThat(survey.missing())
                .singleElement()
                .asString()
                .contains("readings of AEP lie in several", "murmur2_random");
    }
}
