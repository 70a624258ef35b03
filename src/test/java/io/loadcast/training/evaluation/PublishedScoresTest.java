package io.loadcast.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedScoresTest {
    private static final long FIRST_HOUR = 420_000;
    private static final int HOURS = 300;
    private static final int FIRST_ISSUE = 150;
    private static final HourlySeries SERIES = rising();

    private static HourlySeries rising() {
        float[] loadMw = new float[HOURS];
        for (int i = 0; i < HOURS; i++) {
            loadMw[i] = (float) (1000 + 300 * Math.sin(i * Math.PI / 12) + i);
        }
        return new HourlySeries(new Region("A"), CivilCalendar.UTC, FIRST_HOUR, loadMw);
    }

    private static IssueHours issued(int step) {
        IssueHours issued = new IssueHours();
        for (int i = FIRST_ISSUE; i < HOURS; i += step) {
            issued.add("A", FIRST_HOUR + i);
        }
        return issued;
    }

    private static double[] all(double mw) {
        double[] points = new double[24];
        Arrays.fill(points, mw);
        return points;
    }

    @Test
    void forecastsThatRepeatTheLastLoadScoreAsTheBaselineThatDoesAndOnlyTheirLastRevisionCounts() {
        // given
        ProtocolEvaluation evaluation = ProtocolEvaluation.ofPublished(List.of(SERIES), issued(1));
        PublishedScores published = evaluation.published("m");

        // when
        for (int i = FIRST_ISSUE; i < HOURS; i++) {
            double load = SERIES.loadMw(i);
            published.add("A", FIRST_HOUR + i, all(0), all(1), all(2));
            published.add("A", FIRST_HOUR + i, all(load - 1), all(load), all(load + 1));
        }
        published.add("B", FIRST_HOUR + FIRST_ISSUE, all(0), all(1), all(2));
        Evaluation scored = evaluation.with(List.of(published.scores()), false);

        // then
        Scores model = scored.models().get(0);
        Scores lastValue = scored.baselines().get(0);
        assertThat(scored.windows()).isEqualTo(HOURS - FIRST_ISSUE);
        assertThat(model.regions()).containsOnlyKeys("A");
        assertThat(lastValue.name()).isEqualTo("last-value");
        for (int lead = 1; lead <= 24; lead++) {
            assertThat(model.smapePct(lead)).isPositive().isCloseTo(lastValue.smapePct(lead), within(1e-6));
        }
    }

    @Test
    void modelsAreComparedAtTheHoursAtWhichAllOfThemHaveAForecast() {
        // given
        IssueHours both = issued(2);
        both.retain(issued(3));

        // when
        ProtocolEvaluation evaluation = ProtocolEvaluation.ofPublished(List.of(SERIES), both);
        PublishedScores published = evaluation.published("m");
        for (int i = FIRST_ISSUE; i < HOURS; i++) {
            double load = i % 6 == 0 ? SERIES.loadMw(i) : 1;
            published.add("A", FIRST_HOUR + i, all(load), all(load), all(load));
        }
        Evaluation scored = evaluation.with(List.of(published.scores()), false);

        // then
        assertThat(scored.windows()).isEqualTo((HOURS - FIRST_ISSUE) / 6);
        assertThat(scored.models().get(0).smapePct(1))
                .isCloseTo(scored.baselines().get(0).smapePct(1), within(1e-6));
    }

    @Test
    void aRegionWithoutAForecastIsLeftOut() {
        HourlySeries other = new HourlySeries(new Region("C"), CivilCalendar.UTC, FIRST_HOUR, SERIES.loadMw());
        assertThat(ProtocolEvaluation.ofPublished(List.of(SERIES, other), issued(1))
                        .published("m")
                        .scores()
                        .regions())
                .containsOnlyKeys("A");
    }
}
