package io.loadcast.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.app.TopologyReadingParser;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GridViewTest {
    private static final byte[] KEY = "AEP".getBytes(UTF_8);

    private final GridView view = new GridView(new TopologyReadingParser(), new ViewLimits(336, 1 << 20, 24));

    private void read(String validTime, String loadMw) {
        String json = "{\"region\":\"AEP\",\"valid_time\":\"%s\",\"load_mw\":%s}".formatted(validTime, loadMw);
        view.takeReading(KEY, json.getBytes(UTF_8));
    }

    @Test
    void showsTheNewestLoadEvenWhenAnOlderOneArrivesLater() {
        // given
        read("2024-01-01T05:00:00Z", "100");

        // when
        read("2024-01-01T04:00:00Z", "90");

        // then
        RegionView.Load load = view.regions().get(0).load();
        assertThat(load).isEqualTo(new RegionView.Load(Instant.parse("2024-01-01T05:00:00Z"), 100, 2));
    }

    @Test
    void takesNothingFromRecordsThatAreNoReadings() {
        // given
        read("2024-01-01T05:00:00Z", "100");

        // when
        view.takeReading(KEY, null);
        view.takeReading(null, null);
        view.takeReading("PJM".getBytes(UTF_8), "{}".getBytes(UTF_8));
        read("2024-01-01T06:00:00Z", "-7777");
        read("2999-01-01T06:00:00Z", "1");

        // then
        assertThat(view.regions()).singleElement().satisfies(region -> {
            assertThat(region.readings()).isEqualTo(1);
            assertThat(region.load().mw()).isEqualTo(100);
        });
        assertThat(view.readings()).isEqualTo(6);
    }
}
