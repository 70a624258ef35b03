package io.loadcast.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeeklyNaiveTest {
    @ParameterizedTest
    @EnumSource
    void forecastIsTheLoadOfTheSameHourAWeekBefore(Protocol protocol) {
        // given: the load is the number of the hour
        RegionTest test = protocol.of(series(rising(2000)));

        // when
        TestWindow window = test.windows().findFirst().orElseThrow();
        float[] forecastMw = new WeeklyNaive().forecastMw(window);

        // then
        assertThat(window.actualMw()).hasSize(24).doesNotContain(Float.NaN);
        for (int h = 0; h < 24; h++) {
            assertThat(forecastMw[h]).isEqualTo(window.actualMw()[h] - 168);
        }
    }

    @Test
    void hourThatWasNotReadAWeekBeforeIsCountedAndNotScored() {
        // given: the test is the hours from 1800; 1700 was not read, so nothing forecasts 1868
        float[] loadMw = new float[2000];
        Arrays.fill(loadMw, 100);
        loadMw[1700] = Float.NaN;
        ProtocolEvaluation evaluation = new ProtocolEvaluation(Protocol.ROLLING, List.of(series(loadMw)));

        // when
        Scores weekly = evaluation.score(new WeeklyNaive());
        Evaluation all = evaluation.with(List.of(), false);

        // then: at each of 24 lead times
        assertThat(weekly.missing()).isEqualTo(24);
        assertThat(weekly.smapePct(1)).isZero();
        assertThat(EvaluationReport.notes(all))
                .singleElement()
                .asString()
                .startsWith("seasonal-naive-168h: 24 hours over all lead times");
        assertThat(EvaluationReport.toJson(all)
                        .at("/baselines/3/regions/A/missing_forecasts")
                        .asInt())
                .isEqualTo(24);
    }

    @Test
    void errorIsThatOfAWeeksGrowth() {
        // given
        ProtocolEvaluation evaluation = new ProtocolEvaluation(Protocol.ARTICLE, List.of(series(rising(2000))));

        // when
        RegionScores scores = evaluation.score(new WeeklyNaive()).regions().get("A");

        // then
        assertThat(scores.at(Metric.MAE, 1)).isCloseTo(168, within(1e-9));
        assertThat(scores.missing()).isZero();
    }

    @Test
    void regionWithoutAWeekBeforeItsTestHasNoScoreThere() {
        // given: rows 90 … 99 are the test
        ProtocolEvaluation evaluation = new ProtocolEvaluation(Protocol.ARTICLE, List.of(series(rising(100))));

        // when
        Scores weekly = evaluation.score(new WeeklyNaive());

        // then
        assertThat(weekly.smapePct(1)).isNaN();
        assertThat(weekly.missing()).isEqualTo(1);
    }

    private static float[] rising(int hours) {
        float[] loadMw = new float[hours];
        for (int i = 0; i < hours; i++) {
            loadMw[i] = 1000 + i;
        }
        return loadMw;
    }

    private static HourlySeries series(float[] loadMw) {
        return new HourlySeries(new Region("A"), CivilCalendar.UTC, 420_000, loadMw);
    }
}
