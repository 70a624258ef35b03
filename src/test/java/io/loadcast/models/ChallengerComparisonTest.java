package io.loadcast.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.forecasting.PromotionRule;
import io.loadcast.forecasting.PromotionRule.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChallengerComparisonTest {
    private static final long START = 480_000;
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String C = "c".repeat(64);

    private final ChallengerComparison comparison =
            new ChallengerComparison(new PromotionRule(48, 0.02), A, START + 59);

    private void take(String region, long hour, int revision, boolean isChallenger, String sha256, double smapePct) {
        take(comparison, region, hour, revision, isChallenger, sha256, smapePct);
    }

    private static void take(
            ChallengerComparison comparison,
            String region,
            long hour,
            int revision,
            boolean isChallenger,
            String sha256,
            double smapePct) {
        for (int lead : List.of(1, 24)) {
            comparison.take(new ChallengerComparison.Score(
                    region,
                    START + hour,
                    lead,
                    revision,
                    isChallenger,
                    "m@" + sha256.charAt(0),
                    sha256,
                    lead * smapePct + hour % 3 * 0.01));
        }
    }

    private void take(String region, int hours, String champion, double championPct, double challengerPct) {
        fill(comparison, region, hours, champion, championPct, challengerPct);
    }

    private static void fill(
            ChallengerComparison comparison,
            String region,
            int hours,
            String champion,
            double championPct,
            double challengerPct) {
        for (int hour = 0; hour < hours; hour++) {
            take(comparison, region, hour, 0, false, champion, championPct);
            take(comparison, region, hour, 0, true, B, challengerPct + hour % 5 * 0.001);
        }
    }

    @Test
    void theMeanOverTheRegionsIsJudged() {
        // given
        take("AEP", 60, A, 1.0, 0.7);
        take("DUQ", 60, A, 1.0, 0.9);

        // when
        List<ChallengerComparison.Row> rows = comparison.rows();

        // then
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.champion()).isEqualTo("m@a");
            assertThat(row.challenger()).isEqualTo("m@b");
            assertThat(row.regions()).isEqualTo(2);
            assertThat(row.verdict().hours()).isEqualTo(48);
            assertThat(row.losses().championPct()[0]).isBetween(1.0, 1.02);
            assertThat(row.losses().challengerPct()[0]).isBetween(0.80, 0.83);
            assertThat(row.verdict().finding()).isEqualTo(Finding.BETTER);
        });
    }

    @Test
    void aRegionWhoseChampionIsAnotherDoesNotCount() {
        // given
        take("AEP", 60, A, 1.0, 1.1);
        take("DUQ", 60, A, 1.0, 1.1);
        take("FE", 60, C, 9.0, 0.1);

        // then
        assertThat(comparison.rows()).singleElement().satisfies(row -> {
            assertThat(row.regions()).isEqualTo(2);
            assertThat(row.verdict().finding()).isEqualTo(Finding.WORSE_AT_A_LEAD);
        });
    }

    @Test
    void theNewestRevisionOfAScoreCounts() {
        // given
        take("AEP", 60, A, 1.0, 0.9);
        for (int hour = 0; hour < 60; hour++) {
            take("AEP", hour, 1, true, B, 1.5);
            take("AEP", hour, 0, true, B, 0.1);
        }

        // then
        assertThat(comparison.rows().get(0).losses().challengerPct()[0]).isBetween(1.5, 1.52);
    }

    @Test
    void hoursThatAnotherChampionForecastDoNotCount() {
        // given
        for (int hour = 0; hour < 60; hour++) {
            take("AEP", hour, 0, false, hour < 20 ? C : A, 1.0);
            take("AEP", hour, 0, true, B, 0.9);
        }

        // then
        assertThat(comparison.rows())
                .filteredOn(row -> row.challengerSha256().equals(B))
                .singleElement()
                .satisfies(row -> assertThat(row.verdict().hours())
                        .as("from 24 hours after the first score of the champion")
                        .isEqualTo(60 - 44));
    }

    @Test
    void whereNobodyChallengesThereIsNothingToJudge() {
        // given
        take("AEP", 0, 0, false, A, 1.0);

        // then
        assertThat(comparison.rows()).isEmpty();
    }

    @Test
    void ofTwoReignsOfAChampionTheNewerCounts() {
        // given
        for (int hour = 0; hour < 60; hour++) {
            take("AEP", hour, 0, false, hour == 25 ? C : A, 1.0);
            take("AEP", hour, 0, true, B, 0.9);
        }

        // then
        assertThat(comparison.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.verdict().hours())
                        .as("from 24 hours after the other champion")
                        .isEqualTo(60 - 50));
    }

    @Test
    void whoWasChampionBeforeTheFirstHourDecidesWhoseForecastsItWasScoredBy() {
        // given
        take("AEP", 60, A, 1.0, 0.9);
        take("AEP", 5, 0, false, C, 1.0);

        // then
        assertThat(comparison.rows().get(0).verdict().hours())
                .as("of hours 12 to 59, those that were forecast after hour 5")
                .isEqualTo(60 - 30);
    }

    @Test
    void hoursAfterTheLastDoNotCount() {
        // given
        take("AEP", 60, A, 1.0, 0.9);
        ChallengerComparison.Row before = comparison.rows().get(0);
        take("AEP", 60, 0, false, A, 9.0);
        take("AEP", 60, 0, true, B, 0.1);

        // then
        assertThat(comparison.rows().get(0).verdict()).isEqualTo(before.verdict());
    }

    @Test
    void regionsThatWereTakenOneAfterTheOtherCountAsThoseTakenTogether() {
        // given
        ChallengerComparison together = comparison;
        take("AEP", 60, A, 1.0, 0.7);
        take("DUQ", 60, A, 1.0, 0.9);
        ChallengerComparison apart = new ChallengerComparison(new PromotionRule(48, 0.02), A, START + 59);

        // when
        fill(apart, "AEP", 60, A, 1.0, 0.7);
        apart.completeRegions();
        fill(apart, "DUQ", 60, A, 1.0, 0.9);

        // then
        assertThat(apart.rows().get(0).verdict())
                .isEqualTo(together.rows().get(0).verdict());
        assertThat(apart.rows().get(0).regions()).isEqualTo(2);
    }
}
