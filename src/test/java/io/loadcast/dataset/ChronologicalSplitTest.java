package io.loadcast.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChronologicalSplitTest {
    private static final int HOURS = 114;
    private static final int FIRST_TARGET = 74;

    // 2090 rows: 2000 windows, 200 of them test; the first test target is row 1890, validation the 5 % before it
    private final ChronologicalSplit split = ChronologicalSplit.of(ArticleProtocolTest.series(2090), 0.05);

    @Test
    void partsFollowEachOtherInTime() {
        assertThat(split.testFrom()).isEqualTo(1890);
        assertThat(split.validationFrom()).isEqualTo(1796); // 1890 · 0.95 = 1795.5
    }

    @Test
    void trainingWindowsEndBeforeTheFirstValidationTarget() {
        List<HourWindow> windows = split.training(HOURS, 1, 0);

        assertThat(windows).hasSize(1796 - HOURS + 1);
        assertThat(windows.get(windows.size() - 1).start() + HOURS).isEqualTo(split.validationFrom());
    }

    @Test
    void validationTargetsLieBetweenTrainingAndTest() {
        List<HourWindow> windows = split.validation(HOURS, FIRST_TARGET, 1);

        assertThat(windows).isNotEmpty().allSatisfy(window -> {
            assertThat(window.start() + FIRST_TARGET).isGreaterThanOrEqualTo(split.validationFrom());
            assertThat(window.start() + HOURS).isLessThanOrEqualTo(split.testFrom());
        });
    }

    @Test
    void windowsStandOnAGridWithTheGivenPhase() {
        assertThat(split.training(HOURS, 17, 5)).allMatch(window -> window.start() % 17 == 5);
    }

    @Test
    void windowsWithAMissingHourAreLeftOut() {
        // given
        ChronologicalSplit gappy = ChronologicalSplit.of(ArticleProtocolTest.series(2091, 500), 0.05);

        // when
        List<HourWindow> windows = gappy.training(HOURS, 1, 0);

        // then
        assertThat(windows)
                .isNotEmpty()
                .noneMatch(window -> window.start() <= 500 && 500 < window.start() + HOURS)
                .anyMatch(window -> window.start() + HOURS == 500)
                .anyMatch(window -> window.start() == 501);
    }
}
