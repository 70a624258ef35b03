package io.loadcast.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.app.TopologyReadingParser;
import io.loadcast.domain.EpochHour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GridViewTest {
    private static final byte[] KEY = "AEP".getBytes(UTF_8);

    private final GridView view = new GridView(new TopologyReadingParser(), new ViewLimits(336, 1 << 20, 24));

    private void read(String validTime, String loadMw) {
        read("AEP", validTime, loadMw);
    }

    private void read(String region, String validTime, String loadMw) {
        String json = "{\"region\":\"%s\",\"valid_time\":\"%s\",\"load_mw\":%s}".formatted(region, validTime, loadMw);
        view.takeReading(region.getBytes(UTF_8), json.getBytes(UTF_8));
    }

    private List<String> statesToldOf() {
        List<String> told = new ArrayList<>();
        view.listen(new ViewListener() {
            @Override
            public void happened(EventKind kind, @Nullable String region, byte[] json) {
                if (kind == EventKind.STATE) {
                    told.add(new String(json, UTF_8));
                }
            }

            @Override
            public void readAnew() {}
        });
        return told;
    }

    @Test
    void tellsOfEveryStateThatChangesOnceItIsCompleteAndOfNoOther() {
        // given
        List<String> told = statesToldOf();
        read("AEP", "2024-01-01T05:00:00Z", "100");
        read("PJM", "2024-01-01T05:00:00Z", "100");
        view.becomeComplete();
        assertThat(told).isEmpty();

        // when
        read("AEP", "2024-01-01T07:00:00Z", "100");
        read("AEP", "2024-01-01T08:00:00Z", "100");
        read("AEP", "2024-01-01T09:00:00Z", "100");
        read("AEP", "2024-01-02T06:00:00Z", "100");
        read("PJM", "2024-01-02T04:00:00Z", "100");

        // then
        assertThat(told)
                .containsExactly(
                        "{\"region\":\"PJM\",\"state\":\"late\"}",
                        "{\"region\":\"PJM\",\"state\":\"silent\"}",
                        "{\"region\":\"PJM\",\"state\":\"warming-up\"}");
        assertThat(view.region("PJM").orElseThrow().status(view.newestHour())).isEqualTo(RegionStatus.WARMING_UP);
    }

    @Test
    void silenceComesBeforeWarmingUp() {
        // when
        read("PJM", "2024-01-01T05:00:00Z", "100");
        read("AEP", "2024-01-02T05:00:00Z", "100");
        read("AEP", "2024-01-02T06:00:00Z", "100");

        // then
        assertThat(view.region("PJM").orElseThrow().status(view.newestHour())).isEqualTo(RegionStatus.SILENT);
        assertThat(view.region("AEP").orElseThrow().status(view.newestHour())).isEqualTo(RegionStatus.WARMING_UP);
    }

    private RegionStatus status(String region) {
        return view.region(region).orElseThrow().status(view.newestHour());
    }

    private void forecast(String region, String issueTime) {
        view.takeForecast("""
                {"region":"%s","issue_time":"%s","quality":"ok","lead_hours":[1],"p10_mw":[1],"p50_mw":[2],"p90_mw":[3]}""".formatted(region, issueTime).getBytes(UTF_8));
    }

    @Test
    void oneReadingOfAMistypedRegionOrWithAWrongClockMakesNoOtherSilent() {
        // given
        read("AEP", "2024-01-01T05:00:00Z", "100");
        read("AEP", "2024-01-01T06:00:00Z", "100");

        // when
        read("APE", "2024-05-01T05:00:00Z", "100");
        forecast("APE", "2024-05-01T05:00:00Z");
        read("APE", "2024-05-01T05:00:00Z", "100");
        read("PJM", "2025-01-01T05:00:00Z", "100");
        read("PJM", "2024-01-01T05:00:00Z", "100");
        read("PJM", "2024-01-01T06:00:00Z", "100");

        // then
        assertThat(status("AEP")).isEqualTo(RegionStatus.WARMING_UP);
        assertThat(view.newestHour()).isEqualTo(EpochHour.containing(Instant.parse("2024-01-01T06:00:00Z")));
    }

    @Test
    void aRegionThatIsKnownByItsForecastsAloneCountsAsWell() {
        // given
        read("AEP", "2024-01-01T05:00:00Z", "100");
        assertThat(status("AEP")).isEqualTo(RegionStatus.WARMING_UP);

        // when
        forecast("PJM", "2024-01-03T05:00:00Z");
        forecast("PJM", "2024-01-03T06:00:00Z");

        // then
        assertThat(status("AEP")).isEqualTo(RegionStatus.SILENT);
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
