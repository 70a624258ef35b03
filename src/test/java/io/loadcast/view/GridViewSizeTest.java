package io.loadcast.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.app.TopologyReadingParser;
import io.loadcast.domain.EpochHour;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GridViewSizeTest {
    private static final long FIRST_HOUR = 490_000;
    private static final String POINTS =
            IntStream.range(0, 24).mapToObj(lead -> "1234." + lead).collect(Collectors.joining(",", "[", "]"));

    private static byte[] forecast(String region, long hour) {
        return """
                {"region":"%s","issue_time":"%s","revision":0,"model":{"name":"m","version":"1","sha256":"%s"},"quality":"ok",\
                "lead_hours":%s,"p10_mw":%s,"p50_mw":%s,"p90_mw":%s}""".formatted(region, EpochHour.start(hour), "0".repeat(64), POINTS, POINTS, POINTS, POINTS)
                .getBytes(UTF_8);
    }

    private static byte[] reading(String region, long hour) {
        return "{\"region\":\"%s\",\"valid_time\":\"%s\",\"load_mw\":%d}"
                .formatted(region, EpochHour.start(hour), hour)
                .getBytes(UTF_8);
    }

    private static void fill(GridView view, int regions, int hours) {
        for (long hour = FIRST_HOUR; hour < FIRST_HOUR + hours; hour++) {
            for (int region = 0; region < regions; region++) {
                String name = "region-" + region;
                view.takeReading(name.getBytes(UTF_8), reading(name, hour));
                view.takeForecast(forecast(name, hour));
            }
        }
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void fiveThousandRegionsStayWithinTheirMemory() {
        // given
        long limit = 128L << 20;
        GridView view = new GridView(new TopologyReadingParser(), new ViewLimits(336, limit, 24));
        long before = usedBytes();

        // when
        long startNanos = System.nanoTime();
        fill(view, 5_000, 60);
        double seconds = (System.nanoTime() - startNanos) / 1e9;

        // then
        long used = usedBytes() - before;
        long listNanos = System.nanoTime();
        assertThat(view.regions()).hasSize(5_000);
        System.out.printf(
                "5,000 regions with 48 h each: %.1f MB of %d; %.0f records/s; listed in %.1f ms%n",
                used / 1e6, limit / 1_000_000, 2 * 5_000 * 60 / seconds, (System.nanoTime() - listNanos) / 1e6);
        assertThat(used).isLessThan(limit);
        assertThat(view.keptFrom("region-17")).isEqualTo(FIRST_HOUR + 60 - 48);
        assertThat(view.history("region-4999", FIRST_HOUR, FIRST_HOUR + 60, List.of(1)))
                .hasSize(48)
                .last()
                .satisfies(hour -> assertThat(hour.loadMw()).isEqualTo(hour.hour()));
    }

    @Test
    void moreRegionsThanTheMemoryIsEnoughForAreNotTaken() {
        // given
        ViewLimits limits = new ViewLimits(336, 1 << 20, 24);
        GridView view = new GridView(new TopologyReadingParser(), limits);

        // when
        fill(view, 100, 1);

        // then
        assertThat(view.regions()).hasSize(limits.maxRegions(24)).hasSizeBetween(40, 60);
        assertThat(view.newestForecast("region-99")).isEmpty();
    }

    @Test
    void aModelThatForecastsFurtherLeavesRoomForFewerHours() {
        // given
        GridView view = new GridView(new TopologyReadingParser(), new ViewLimits(336, 1 << 20, 24));
        fill(view, 5, 336);
        Long before = view.keptFrom("region-0");
        String points = "[" + "1,".repeat(167) + "1]";

        // when
        view.takeForecast("""
                {"region":"region-0","issue_time":"%s","quality":"ok","p10_mw":%s,"p50_mw":%s,"p90_mw":%s}""".formatted(EpochHour.start(FIRST_HOUR + 335), points, points, points)
                .getBytes(UTF_8));

        // then
        assertThat(before).isEqualTo(FIRST_HOUR);
        assertThat(view.keptFrom("region-0")).isEqualTo(FIRST_HOUR + 336 - 4 * 24);
        assertThat(view.keptFrom("region-4")).isEqualTo(FIRST_HOUR + 336 - 4 * 24);
    }

    @Test
    void aReadingFarAheadDoesNotPushTheOthersOutUntilItIsConfirmed() {
        // given
        GridView view = new GridView(new TopologyReadingParser(), new ViewLimits(336, 1 << 20, 24));
        fill(view, 1, 30);
        byte[] key = "region-0".getBytes(UTF_8);

        // when
        view.takeReading(key, reading("region-0", FIRST_HOUR + 1_000));
        Long held = view.regions().get(0).newestHour();
        view.takeReading(key, reading("region-0", FIRST_HOUR + 1_001));

        // then
        assertThat(held).isEqualTo(FIRST_HOUR + 29);
        assertThat(view.regions().get(0).newestHour()).isEqualTo(FIRST_HOUR + 1_001);
        assertThat(view.newestLoads("region-0", 2)).containsExactly(FIRST_HOUR + 1_000, FIRST_HOUR + 1_001);
    }
}
