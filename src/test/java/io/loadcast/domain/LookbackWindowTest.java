package io.loadcast.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LookbackWindowTest {
    private static final int HOURS = LookbackWindow.CONTEXT_HOURS + 90;

    private static float[] constant(float mw) {
        float[] loads = new float[HOURS];
        Arrays.fill(loads, mw);
        return loads;
    }

    @Test
    void aMissingHourFollowsTheDayBefore() {
        // given
        float[] loads = constant(100);
        loads[50 - 24] = 120;
        loads[50] = Float.NaN;

        // when
        LookbackWindow window = LookbackWindow.complete(1000, loads, ImputationLimits.DEFAULT);

        // then
        assertThat(window).isNotNull();
        assertThat(window.imputedHours()).isEqualTo(1);
        assertThat(window.loadMw()[50 - LookbackWindow.CONTEXT_HOURS]).isCloseTo(120, within(1e-3f));
    }

    @Test
    void moreMissingHoursThanAllowedGiveNoWindow() {
        // given
        float[] loads = constant(100);
        Arrays.fill(loads, 60, 67, Float.NaN);

        // then
        assertThat(LookbackWindow.complete(1000, loads.clone(), new ImputationLimits(6, 0.1)))
                .isNull();
        assertThat(LookbackWindow.complete(1000, loads.clone(), new ImputationLimits(7, 0.1)))
                .isNotNull();
        assertThat(LookbackWindow.complete(1000, loads.clone(), new ImputationLimits(7, 0.07)))
                .isNull();
    }

    @Test
    void aTenthOfTheHoursMayBeMissingInShortRunsAndNoMore() {
        // given
        float[] nine = constant(100);
        for (int i = 0; i < 9; i++) {
            nine[LookbackWindow.CONTEXT_HOURS + 10 * i] = Float.NaN;
        }
        float[] ten = nine.clone();
        ten[HOURS - 1] = Float.NaN;

        // when
        LookbackWindow window = LookbackWindow.complete(1000, nine, ImputationLimits.DEFAULT);

        // then
        assertThat(window).isNotNull();
        assertThat(window.imputedHours()).isEqualTo(9);
        assertThat(LookbackWindow.complete(1000, ten, ImputationLimits.DEFAULT)).isNull();
    }

    @Test
    void hoursMissingBeforeTheWindowDoNotCount() {
        // given
        float[] loads = constant(100);
        Arrays.fill(loads, 5, LookbackWindow.CONTEXT_HOURS + 6, Float.NaN);

        // when
        LookbackWindow window = LookbackWindow.complete(1000, loads, ImputationLimits.DEFAULT);

        // then
        assertThat(window).isNotNull();
        assertThat(window.imputedHours()).isEqualTo(6);
    }

    @Test
    void hoursBeforeTheFirstReadingAreNotImputed() {
        // given
        float[] loads = constant(100);
        Arrays.fill(loads, 0, LookbackWindow.CONTEXT_HOURS + 1, Float.NaN);

        // then
        assertThat(LookbackWindow.complete(1000, loads, ImputationLimits.DEFAULT))
                .isNull();
    }

    @Test
    void aVanishingLoadTheDayBeforeMakesNeitherImputedHoursNorBaselinesInfinite() {
        // given
        float[] loads = constant(1e9f);
        loads[50 - 25] = 1e-30f;
        loads[50] = Float.NaN;
        loads[HOURS - 1 - 24] = 1e-30f;

        // when
        LookbackWindow window = LookbackWindow.complete(1000, loads, ImputationLimits.DEFAULT);

        // then
        assertThat(window).isNotNull();
        for (float mw : window.loadMw()) {
            assertThat(mw).isFinite();
        }
        for (int lead = 1; lead <= Baseline.MAX_LEAD_HOURS; lead++) {
            assertThat(Baseline.RATIO.forecastMw(window.loadMw(), lead)).isFinite();
        }
    }
}
