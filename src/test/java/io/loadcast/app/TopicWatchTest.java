package io.loadcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.streaming.TopicShape;
import io.loadcast.streaming.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicWatchTest {
    private static final Topics TOPICS = Topics.DEFAULT;

    private static Map<String, Optional<TopicShape>> allBut(String missing) {
        Map<String, Optional<TopicShape>> shapes = new HashMap<>();
        TOPICS.names().forEach(name -> shapes.put(name, Optional.of(new TopicShape(1, 1))));
        shapes.put(missing, Optional.empty());
        return shapes;
    }

    @Test
    void theTopicOfMetersMayGoWhereNoneAreSummed() {
        assertThat(TopicWatch.lost(allBut(TOPICS.meterReadings()), TOPICS, false))
                .isEmpty();
    }

    @Test
    void theTopicOfMetersIsMissedAsAnInputWhereTheyAreSummed() {
        assertThat(TopicWatch.lost(allBut(TOPICS.meterReadings()), TOPICS, true))
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("input topics [loadcast.meter-readings.v1] were deleted")
                        .contains("--application-id"));
    }

    @Test
    void aLostReadingsTopicIsCalledAnInput() {
        assertThat(TopicWatch.lost(allBut(TOPICS.readings()), TOPICS, false))
                .hasValueSatisfying(message -> assertThat(message).startsWith("input topics [loadcast.readings.v1]"));
    }

    @Test
    void everyOutputTopicIsMissed() {
        for (String output : TOPICS.outputs()) {
            assertThat(TopicWatch.lost(allBut(output), TOPICS, false))
                    .hasValueSatisfying(message -> assertThat(message)
                            .startsWith("output topics [" + output + "] were deleted")
                            .contains("Start again"));
        }
    }
}
