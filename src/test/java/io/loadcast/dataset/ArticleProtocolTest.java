package io.loadcast.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArticleProtocolTest {

    @Test
    void lastTenthOfTheWindowsIsTheTest() {
        // given: 290 rows, so 200 windows
        HourlySeries series = series(290);

        // when
        ArticleProtocol protocol = ArticleProtocol.of(series);

        // then
        assertThat(protocol.testWindows()).isEqualTo(20);
        assertThat(protocol.firstOrigin()).isEqualTo(269);
        assertThat(protocol.firstTestEpochHour()).isEqualTo(series.epochHour(270));
    }

    @Test
    void rowsAreCountedWithoutTheMissingHours() {
        // given: hours 100 to 109 are missing
        HourlySeries series = series(300, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109);

        // when
        ArticleProtocol protocol = ArticleProtocol.of(series);

        // then
        assertThat(protocol.testWindows()).isEqualTo(20);
        assertThat(protocol.firstTestEpochHour()).isEqualTo(series.epochHour(280));
    }

    @Test
    void refusesASeriesWithoutATestWindow() {
        assertThatThrownBy(() -> ArticleProtocol.of(series(95)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("region made has 95 hours; a test needs at least 100; give a longer file, or leave it out");
    }

    @Test
    void pjmFilesHaveTheArticlesNumberOfTestWindows() {
        // given
        List<HourlySeries> files = HourlyCsv.read(PjmData.directory(), CsvFormat.PJM);

        // when
        int windows = files.stream()
                .map(ArticleProtocol::of)
                .mapToInt(ArticleProtocol::testWindows)
                .sum();

        // then
        assertThat(files).hasSize(12);
        assertThat(windows).isEqualTo(108_902);
    }

    static HourlySeries series(int hours, int... missing) {
        float[] loadMw = new float[hours];
        for (int i = 0; i < hours; i++) {
            loadMw[i] = 1000 + i;
        }
        Arrays.stream(missing).forEach(hour -> loadMw[hour] = Float.NaN);
        return new HourlySeries(new Region("made"), CivilCalendar.UTC, 400_000, loadMw);
    }
}
