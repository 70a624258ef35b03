package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.forecasting.PromotionRule.Finding;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromotionRuleTest {
    private static final int[] LEADS = {1, 24};
    private static final PromotionRule RULE = new PromotionRule(168, 0.02);

    private final Random random = new Random(5);

    /** @param of the champion's error 1 and 24 hours ahead, the challenger's; each hour differs by up to a tenth */
    private ComparedLosses losses(int hours, double... of) {
        ComparedLosses losses = new ComparedLosses(LEADS);
        for (int hour = 0; hour < hours; hour++) {
            losses.add(
                    new double[] {of[0] * noise(), of[1] * noise()}, new double[] {of[2] * noise(), of[3] * noise()});
        }
        return losses;
    }

    private double noise() {
        return 0.9 + 0.2 * random.nextDouble();
    }

    @Test
    void aChallengerThatErrsLessAtAllLeadTimesIsBetter() {
        // when
        PromotionRule.Verdict verdict = RULE.judge(losses(168, 1, 5, 0.9, 4.5));

        // then
        assertThat(verdict.finding()).isEqualTo(Finding.BETTER);
        assertThat(verdict.hours()).isEqualTo(168);
        assertThat(verdict.championPct()).isBetween(2.9, 3.1);
        assertThat(verdict.challengerPct()).isBetween(2.6, 2.8);
        assertThat(verdict.pValue()).isLessThan(0.001);
    }

    @Test
    void oneThatIsWorseAtOneLeadTimeIsNotPromotedForTheOther() {
        assertThat(RULE.judge(losses(168, 1, 5, 1.2, 4)).finding()).isEqualTo(Finding.WORSE_AT_A_LEAD);
    }

    @Test
    void lessThanTheMarginIsNotEnoughHoweverSureItIs() {
        // given
        ComparedLosses losses = losses(168, 1, 5, 0.94, 4.7);

        // then
        assertThat(new PromotionRule(168, 0.1).judge(losses).finding()).isEqualTo(Finding.WITHIN_MARGIN);
        assertThat(new PromotionRule(168, 0).judge(losses).finding()).isEqualTo(Finding.BETTER);
    }

    @Test
    void aLargeGainOfAFewHoursIsNotSignificant() {
        // given
        ComparedLosses losses = losses(150, 1, 5, 1, 5);
        for (int hour = 0; hour < 18; hour++) {
            losses.add(new double[] {2, 15}, new double[] {1, 5});
        }

        // then
        assertThat(RULE.judge(losses).finding()).isEqualTo(Finding.NOT_SIGNIFICANT);
    }

    @Test
    void threeQuartersOfTheHoursHaveToBeCompared() {
        // given
        ComparedLosses tooFew = losses(125, 1, 5, 0.5, 2);
        ComparedLosses enough = losses(126, 1, 5, 0.5, 2);
        tooFew.add(new double[] {1, Double.NaN}, new double[] {0.5, 2});

        // then
        assertThat(RULE.judge(tooFew).finding()).isEqualTo(Finding.TOO_FEW_HOURS);
        assertThat(RULE.judge(enough).finding()).isEqualTo(Finding.BETTER);
    }

    @Test
    void ofNothingNothingIsSaid() {
        assertThat(RULE.judge(new ComparedLosses(LEADS)).finding()).isEqualTo(Finding.TOO_FEW_HOURS);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new PromotionRule(47, 0.02)).hasMessage("hours is 47; from 48 to 168");
        assertThatThrownBy(() -> new PromotionRule(169, 0.02)).hasMessage("hours is 169; from 48 to 168");
        assertThatThrownBy(() -> new PromotionRule(168, 1)).hasMessage("margin is 1.0; a share from 0 to less than 1");
        assertThatThrownBy(() -> new PromotionRule(168, Double.NaN)).hasMessageContaining("margin is NaN");
    }
}
