package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeRulesTest {
    @Test
    void aFlatlineLongerThanTheStateKeepsIsRefused() {
        // given
        StateLayout layout = new StateLayout(90, 24, ScoredLeads.of(List.of(1)));
        int kept = layout.ringHours();

        // when, then
        assertThatCode(() -> new IntakeRules(24, 10, kept).requireWithin(layout))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IntakeRules(24, 10, kept + 1).requireWithin(layout))
                .withMessage("setting loadcast.suspect.flatline-hours is " + (kept + 1) + "; at most " + kept
                        + ", the hours that the state keeps");
    }
}
