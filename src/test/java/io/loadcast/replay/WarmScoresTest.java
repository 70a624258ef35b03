package io.loadcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarmScoresTest {
    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");

    private static byte[] accuracy(int hour, int lead, long count, double smape, double baseline, double coverage) {
        return ("{\"region\":\"A\",\"valid_time\":\"" + FIRST.plus(Duration.ofHours(hour + lead))
                        + "\",\"issue_time\":\"" + FIRST.plus(Duration.ofHours(hour)) + "\",\"lead_hours\":" + lead
                        + ",\"count_all\":" + count + ",\"smape_all_pct\":" + smape + ",\"baseline_smape_all_pct\":"
                        + baseline + ",\"coverage_all_pct\":" + coverage + "}")
                .getBytes(UTF_8);
    }

    private static PublishedForecast forecast(String region, int hour) {
        return new PublishedForecast(
                Map.of(
                        "region",
                        region,
                        "issue_time",
                        FIRST.plus(Duration.ofHours(hour)).toString()),
                Map.of());
    }

    @Test
    void theWarmUpOfEachRegionBeginsWithItsFirstForecast() {
        // given
        WarmUp warmUp = new WarmUp(Optional.of(Duration.ofHours(100)));

        // when
        warmUp.see(forecast("A", 0));
        warmUp.see(forecast("B", 50));
        warmUp.see(forecast("A", 1));

        // then
        assertThat(warmUp.isOver("A", FIRST.plus(Duration.ofHours(99)))).isFalse();
        assertThat(warmUp.isOver("A", FIRST.plus(Duration.ofHours(100)))).isTrue();
        assertThat(warmUp.isOver("B", FIRST.plus(Duration.ofHours(149)))).isFalse();
        assertThat(warmUp.isOver("B", FIRST.plus(Duration.ofHours(150)))).isTrue();
        assertThat(warmUp.isOver("C", FIRST.plus(Duration.ofHours(150)))).isFalse();
    }

    @Test
    void whatWasScoredInTheWarmUpDoesNotCount() {
        // given
        WarmUp warmUp = new WarmUp(Optional.of(Duration.ofHours(100)));
        warmUp.see(forecast("A", 0));
        WarmScores scores = new WarmScores(warmUp);

        // when: 100 hours of 20 % by fallbacks, then 100 of 2 % by the model
        scores.take("A", accuracy(99, 1, 100, 20, 5, 40));
        scores.take("A", accuracy(150, 1, 151, 14, 5, 60));
        scores.take("A", accuracy(199, 1, 200, 11, 5, 60));
        scores.take("A", accuracy(90, 24, 67, 30, 9, 50));

        // then
        List<ReplaySummary.Score> found = scores.scores();
        assertThat(found).hasSize(2);
        assertThat(found.get(0).count()).isEqualTo(100);
        assertThat(found.get(0).smapePct()).isCloseTo(2, within(1e-9));
        assertThat(found.get(0).baselineSmapePct()).isCloseTo(5, within(1e-9));
        assertThat(found.get(0).coveragePct()).isCloseTo(80, within(1e-9));
        assertThat(found.get(1).count()).isZero();
    }

    @Test
    void withoutAWarmUpTheNewestRunningScoresStand() {
        // given
        WarmScores scores = new WarmScores(new WarmUp(Optional.empty()));

        // when
        scores.take("A", accuracy(1, 1, 1, 20, 5, 0));
        scores.take("A", accuracy(2, 1, 2, 12.5, 7, 50));

        // then
        assertThat(scores.scores()).singleElement().satisfies(score -> {
            assertThat(score.count()).isEqualTo(2);
            assertThat(score.smapePct()).isEqualTo(12.5);
        });
    }
}
