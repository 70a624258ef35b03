package io.loadcast.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertLogTest {
    private static final int MOST = 5_000;

    private final AlertLog log = new AlertLog();

    private void take(String id, String region, boolean over) {
        ObjectNode alert = new ObjectMapper().createObjectNode();
        alert.put("id", id).put("region", region).put("raised_time", "2026-01-01T00:00:00Z");
        alert.put("cleared_time", over ? "2026-01-02T00:00:00Z" : null);
        log.take(alert);
    }

    @Test
    void whatIsOverGoesBeforeWhatIsNot() {
        // given
        take("active", "x", false);

        // when
        for (int i = 0; i < 2 * MOST; i++) {
            take("over-" + i, "y", true);
        }

        // then
        assertThat(log.newestFirst()).hasSize(MOST).anyMatch(alert -> isOf(alert, "active"));
        assertThat(log.activeByRegion()).isEqualTo(Map.of("x", 1));
    }

    @Test
    void moreActiveAlertsThanAreKeptAreCountedUntilTheyAreOver() {
        // given
        for (int i = 0; i < MOST + 10; i++) {
            take("id-" + i, "x", false);
        }

        // when
        Map<String, Integer> all = log.activeByRegion();
        take("id-0", "x", true);
        take("id-1", "x", false);

        // then
        assertThat(all).isEqualTo(Map.of("x", MOST + 10));
        assertThat(log.activeByRegion()).isEqualTo(Map.of("x", MOST + 9));
        assertThat(log.newestFirst()).hasSize(MOST).noneMatch(alert -> isOf(alert, "id-0"));
    }

    @Test
    void alertsOfOneTimeAreInOneOrderOnEveryInstance() {
        // when
        take("b", "x", false);
        take("a", "x", false);

        // then
        assertThat(log.newestFirst())
                .extracting(alert -> alert.get("id").asText())
                .containsExactly("a", "b");
    }

    private static boolean isOf(JsonNode alert, String id) {
        return alert.get("id").asText().equals(id);
    }
}
