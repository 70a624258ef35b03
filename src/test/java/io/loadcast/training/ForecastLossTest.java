package io.loadcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.loadcast.domain.Quantile;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastLossTest {
    private static final LossSettings PINBALL = new LossSettings(LossKind.PINBALL, 8);
    private static final List<Quantile> QUANTILES = List.of(Quantile.P10, Quantile.P50, Quantile.P90);

    @Test
    void weighsMissesByLevelLeadAndImportance() {
        // given: two lead times, the second typically missed by 0.5; all quantiles 1 too low, then 1 too high
        ForecastLoss loss = new ForecastLoss(PINBALL, QUANTILES, new float[] {1, 0.5f});
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray quantiles = manager.zeros(new Shape(1, 1, 2, 3));

            // when
            float below = loss.of(manager.ones(new Shape(1, 1, 2)), quantiles).getFloat();
            float above =
                    loss.of(manager.ones(new Shape(1, 1, 2)).neg(), quantiles).getFloat();

            // then: (next hour ×8 + second ÷0.5) · (0.1 + 2·0.5 + 0.9) / 6, and the same from the other side
            assertThat(below).isCloseTo((8 + 2) * 2f / 6, within(1e-5f));
            assertThat(above).isCloseTo((8 + 2) * 2f / 6, within(1e-5f));
        }
    }

    @Test
    void highQuantileCostsMoreWhenItIsTooLow() {
        ForecastLoss loss = new ForecastLoss(PINBALL, List.of(Quantile.P90), new float[] {1});
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray zero = manager.zeros(new Shape(1, 1, 1, 1));

            float tooLow = loss.of(manager.ones(new Shape(1, 1, 1)), zero).getFloat();
            float tooHigh =
                    loss.of(manager.ones(new Shape(1, 1, 1)).neg(), zero).getFloat();

            assertThat(tooLow).isCloseTo(9 * tooHigh, within(1e-4f));
        }
    }

    @Test
    void absoluteAndSquaredErrorAreThoseOfTheMedianInUnitsOfTheLeadsOwn() {
        // given: the median 1 and 3 too low, the other quantiles far off
        float[] scale = {2, 6};
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray targets = manager.create(new float[] {1, 3}, new Shape(1, 1, 2));
            NDArray forecasts = manager.create(new float[] {-99, 0, 99, -99, 0, 99}, new Shape(1, 1, 2, 3));

            // when
            float mae = new ForecastLoss(new LossSettings(LossKind.MAE, 4), QUANTILES, scale)
                    .of(targets, forecasts)
                    .getFloat();
            float mse = new ForecastLoss(new LossSettings(LossKind.MSE, 4), QUANTILES, scale)
                    .of(targets, forecasts)
                    .getFloat();

            // then: both leads are half their typical error off, and the next hour counts four times
            assertThat(mae).isCloseTo((4 * 0.5f + 0.5f) / 2, within(1e-6f));
            assertThat(mse).isCloseTo((4 * 0.25f + 0.25f) / 2, within(1e-6f));
        }
    }
}
