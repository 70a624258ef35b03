package io.loadcast.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionWindowTest {
    private static final int HOURS = 100;

    private static long newestHour(Long... newestHours) {
        return PromotionWindow.newestComplete(List.of(newestHours), HOURS)
                .orElseThrow()
                .newestHour();
    }

    @Test
    void windowsFollowEachOtherOnAGridAndAreCompleteADayLater() {
        assertThat(newestHour(1022L)).isEqualTo(899);
        assertThat(newestHour(1023L)).isEqualTo(999);
        assertThat(newestHour(1122L)).isEqualTo(999);
        assertThat(new PromotionWindow(899).nextCompleteAt(HOURS)).isEqualTo(1023);
    }

    @Test
    void aPartitionThatIsBehindIsAwaited() {
        assertThat(newestHour(1090L, 1001L)).isEqualTo(899);
        assertThat(newestHour(1090L, 1023L)).isEqualTo(999);
    }

    @Test
    void aPartitionThatIsAWholeWindowBehindIsNotAwaited() {
        assertThat(newestHour(1090L, 991L)).isEqualTo(899);
        assertThat(newestHour(1090L, 990L)).isEqualTo(999);
        assertThat(newestHour(1090L, -5L)).isEqualTo(999);
    }

    @Test
    void beforeAnythingIsScoredThereIsNone() {
        assertThat(PromotionWindow.newestComplete(List.of(), HOURS)).isEmpty();
    }
}
