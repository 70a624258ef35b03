package io.loadcast.training.evaluation;

import io.loadcast.dataset.ChronologicalSplit;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.RegionSplits;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.training.ModelExport;
import io.loadcast.training.RidgeFit;
import io.loadcast.training.Trainer;
import io.loadcast.zoo.LinearForecast;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.linear.LinearOnly;
import io.loadcast.zoo.logratio.LogRatioArchitecture;
import java.util.List;
import java.util.Map;

/**
 * The architecture {@link LinearOnly}, fitted as training starts to the very regions that are scored, before calibration: what a
 * network must add. It runs in the engine that serves.
 */
final class LinearBaseline {
    private static final LinearOnly ARCHITECTURE = new LinearOnly(Sizes.NONE);

    static final String NAME = ARCHITECTURE.name();

    private static final int LAGS = LogRatioArchitecture.FIRST_ANCHOR;
    private static final int FIT_HOURS = LAGS + 1 + LogRatioArchitecture.HORIZON;

    /** Below this, an hour of the week has fewer rows than coefficients, and what comes out is mostly the penalty's work. */
    private static final int LEAST_ROWS = LinearForecast.HOURS_OF_WEEK * (LAGS + 1);

    private LinearBaseline() {}

    /**
     * Fits it to the hours that train a model on these regions; see {@link RegionSplits}.
     *
     * @throws IllegalArgumentException if there are too few, or a test begins before they end
     */
    static LinearForecast fit(List<RegionTest> tests) {
        tests.forEach(LinearBaseline::requireTrainingBefore);
        RegionSplits data =
                new RegionSplits(tests.stream().map(RegionTest::series).toList(), Trainer.VALIDATION_SHARE);
        int rows = data.training(FIT_HOURS, 1, () -> 0).size();
        if (rows < LEAST_ROWS) {
            throw new IllegalArgumentException("too little data: " + rows + " windows of " + FIT_HOURS
                    + " hours without a gap to fit to; it takes " + LEAST_ROWS);
        }
        return RidgeFit.fit(data, LAGS, LogRatioArchitecture.HORIZON, RidgeFit.USUAL_PENALTY);
    }

    /** Training follows the article's split, which with long gaps in a region ends later than another protocol's. */
    private static void requireTrainingBefore(RegionTest test) {
        HourlySeries series = test.series();
        int validationFrom =
                ChronologicalSplit.of(series, Trainer.VALIDATION_SHARE).validationFrom();
        if (series.epochHour(validationFrom) > test.firstTestHour()) {
            throw new IllegalArgumentException(
                    "region " + series.region() + " has so long gaps that its test begins among the hours to fit to");
        }
    }

    /** A fit, ready to run. The caller closes it. */
    static ForecastEngine open(LinearForecast linear) {
        ModelManifest manifest = new ModelManifest(
                NAME,
                "fitted",
                ARCHITECTURE.name(),
                ARCHITECTURE.lookbackHours(),
                ARCHITECTURE.horizonHours(),
                ARCHITECTURE.quantiles(),
                ARCHITECTURE.calendarFeatures(),
                Map.of(),
                Map.of());
        byte[] model = ModelExport.toBytes(ARCHITECTURE, LinearOnly.weights(linear), manifest);
        return OnnxForecastEngine.open(ModelFile.of(NAME, model), new EngineOptions(Device.CPU, 1));
    }
}
