package io.loadcast.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.LastValueEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final ZoneOffset ZONE = ZoneOffset.ofHours(-5);
    private static final String HOSTILE = "<script>\"A\" & 'B'";

    @TempDir
    private Path directory;

    @Test
    void pageStandsAloneAndEscapesNames() throws IOException {
        // when
        Path page = HtmlReport.write(evaluation(Protocol.ROLLING, 4000), directory.resolve("made"));

        // then
        String html = Files.readString(page);
        assertThat(html)
                .contains("&lt;script&gt;&quot;A&quot; &amp; &#39;B&#39;", "skill against ratio", "MASE")
                .doesNotContain("<script", "http:", "https:", "//fonts")
                .doesNotContainPattern("(src|href)=\"(?!data:image/png;base64,)");
    }

    @Test
    void plotsAreReadablePngFiles() throws IOException {
        // when
        HtmlReport.write(evaluation(Protocol.ROLLING, 4000), directory);

        // then
        List<Path> pictures;
        try (Stream<Path> files = Files.list(directory)) {
            pictures = files.filter(file -> file.toString().endsWith(".png")).toList();
        }
        assertThat(pictures)
                .extracting(file -> file.getFileName().toString())
                .containsExactlyInAnyOrder(
                        "error-by-lead.png",
                        "error-by-hour.png",
                        "error-by-region-1h.png",
                        "error-by-region-24h.png",
                        "calibration-1.png",
                        "week-1-_script__A_____B_.png");
        for (Path picture : pictures) {
            assertThat(ImageIO.read(picture.toFile()).getHeight()).isGreaterThan(500);
        }
    }

    @Test
    void testTooShortForAWeekIsDrawnAsFarAsItGoes() {
        Path page = HtmlReport.write(evaluation(Protocol.ARTICLE, 200), directory);

        assertThat(page).exists();
    }

    @Test
    void detailsAreOfTheHourThatWasForecast() {
        // given: the load of an hour is 100 MW more than the day's hour it starts in, so every forecast of the last
        // load errs
        RegionDetails details = evaluation(Protocol.ROLLING, 4000)
                .models()
                .get(0)
                .regions()
                .get(HOSTILE)
                .details();

        // then: at 0 h local the load falls to 100, whatever was the last
        SampleWeek week = details.week();
        assertThat(week.leadHours()).isEqualTo(24);
        assertThat(week.actualMw()[0]).isEqualTo(100);
        assertThat(week.nextHourMw()[0]).isEqualTo(123);
        assertThat(week.medianMw()[0]).isEqualTo(100);
        assertThat(week.highMw()[5]).isCloseTo(105 * 1.1, within(0.01));
        assertThat(details.smapePctByHour()[0]).isGreaterThan(details.smapePctByHour()[12]);
        assertThat(details.belowPct().get(Quantile.P90)[23]).isEqualTo(100);
        assertThat(details.belowPct().get(Quantile.P10)[23]).isZero();
    }

    /** A model that is called what a baseline is, on a load that rises by 1 MW an hour from 100 MW at 0 h. */
    private static Evaluation evaluation(Protocol protocol, int hours) {
        float[] loadMw = new float[hours];
        long first = 420_005 - 420_005 % 24 + 5; // 0 h in the zone
        for (int i = 0; i < hours; i++) {
            loadMw[i] = 100 + i % 24;
        }
        HourlySeries series = new HourlySeries(new Region(HOSTILE), CivilCalendar.withoutHolidays(ZONE), first, loadMw);
        ProtocolEvaluation evaluation = new ProtocolEvaluation(protocol, List.of(series));
        try (LastValueEngine engine = new LastValueEngine()) {
            return evaluation.with(List.of(evaluation.score(engine)), true);
        }
    }
}
