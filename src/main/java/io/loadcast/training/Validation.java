package io.loadcast.training;

import ai.djl.ndarray.NDArray;
import io.loadcast.dataset.HourWindow;
import io.loadcast.domain.Quantile;
import io.loadcast.zoo.Architecture;
import java.util.List;

/** The windows that a run is judged by while it lasts. */
final class Validation {
    private final Architecture architecture;
    private final WindowForecasts forecasts;
    private final List<HourWindow> windows;

    Validation(Architecture architecture, WindowForecasts forecasts, List<HourWindow> windows) {
        this.architecture = architecture;
        this.forecasts = forecasts;
        this.windows = windows;
    }

    /** How the network does on them as it is. */
    ValidationScore score(ForecastLoss loss) {
        int horizon = architecture.horizonHours();
        int median = architecture.quantiles().indexOf(Quantile.P50);
        double[] lossSum = new double[1];
        double[] errorSums = new double[horizon];
        forecasts.forEachBatch(windows, (batch, outcome) -> {
            lossSum[0] += batch.size()
                    * loss.of(outcome.targets(), outcome.forecasts()).getFloat();
            NDArray errors = outcome.targets()
                    .sub(outcome.forecasts().get("..., " + median))
                    .abs();
            float[] means = errors.reshape(-1, horizon).mean(new int[] {0}).toFloatArray();
            for (int h = 0; h < horizon; h++) {
                errorSums[h] += batch.size() * means[h];
            }
        });
        float[] maePct = new float[horizon];
        for (int h = 0; h < horizon; h++) {
            maePct[h] = (float) (100 * errorSums[h] / windows.size());
        }
        return new ValidationScore(lossSum[0] / windows.size(), maePct);
    }
}
