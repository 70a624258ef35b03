package io.loadcast.training.evaluation;

import io.loadcast.dataset.ArticleProtocol;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.PresentHours;
import io.loadcast.domain.Baseline;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.Quantile;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs models and baselines through the {@linkplain ArticleProtocol article's test}: every test window of every file, each lead
 * time whose target row exists. A model runs through the engine that serves it.
 */
public final class ArticleEvaluation {
    public static final String PROTOCOL = "article";
    public static final int HORIZON = Baseline.MAX_LEAD_HOURS;

    private static final int BATCH = 64;

    private final List<ArticleProtocol> files;

    /** @throws IllegalArgumentException if a series is too short for the protocol */
    public ArticleEvaluation(List<HourlySeries> series) {
        this.files = series.stream().map(ArticleProtocol::of).toList();
    }

    /** Scores the engine's model and all baselines. */
    public Evaluation run(ForecastEngine engine) {
        return new Evaluation(
                PROTOCOL,
                files.stream().mapToInt(ArticleProtocol::testWindows).sum(),
                List.of(score(engine)),
                Arrays.stream(Baseline.values()).map(this::score).toList());
    }

    /**
     * Scores a model.
     *
     * @throws IllegalArgumentException if it has no median or another lookback than the protocol
     */
    public Scores score(ForecastEngine engine) {
        ModelManifest manifest = engine.manifest();
        if (manifest.lookbackHours() != ArticleProtocol.LOOKBACK
                || !manifest.quantiles().contains(Quantile.P50)) {
            throw new IllegalArgumentException("model " + manifest.name() + " cannot run protocol " + PROTOCOL
                    + ": that takes a lookback of " + ArticleProtocol.LOOKBACK + " hours and a median");
        }
        Map<String, RegionScores> regions = new LinkedHashMap<>();
        files.forEach(file -> regions.put(file.series().region().name(), score(engine, file)));
        return new Scores(manifest.name(), regions);
    }

    Scores score(Baseline baseline) {
        Map<String, RegionScores> regions = new LinkedHashMap<>();
        for (ArticleProtocol file : files) {
            PresentHours rows = file.rows();
            RegionSums sums = new RegionSums(HORIZON, List.of(Quantile.P50));
            for (int origin = file.firstOrigin(); origin < rows.size() - 1; origin++) {
                float[] lookback = lookback(rows, origin);
                for (int lead = 1; lead <= HORIZON && origin + lead < rows.size(); lead++) {
                    sums.add(lead, rows.loadMw(origin + lead), baseline.forecastMw(lookback, lead));
                }
            }
            regions.put(file.series().region().name(), sums.scores(inSampleErrorMw(file)));
        }
        return new Scores(baseline.key(), regions);
    }

    private static RegionScores score(ForecastEngine engine, ArticleProtocol file) {
        ModelManifest manifest = engine.manifest();
        PresentHours rows = file.rows();
        Calendar calendar = new Calendar(file.series().zone(), manifest.calendarFeatures());
        WindowBatch batch = new WindowBatch(manifest, BATCH);
        RegionSums sums = new RegionSums(manifest.horizonHours(), manifest.quantiles());
        int lastOrigin = rows.size() - 2;
        for (int origin = file.firstOrigin(); origin <= lastOrigin; origin++) {
            batch.add(lookback(rows, origin), rows.epochHour(origin), calendar);
            if (batch.isFull() || origin == lastOrigin) {
                engine.run(batch);
                addScores(batch, manifest, rows, origin + 1 - batch.size(), sums);
                batch.clear();
            }
        }
        return sums.scores(inSampleErrorMw(file));
    }

    private static float[] lookback(PresentHours rows, int origin) {
        return rows.loadMw(origin + 1 - ArticleProtocol.LOOKBACK, origin + 1);
    }

    private static void addScores(
            WindowBatch batch, ModelManifest manifest, PresentHours rows, int firstOrigin, RegionSums sums) {
        double[] quantilesMw = new double[manifest.quantiles().size()];
        for (int row = 0; row < batch.size(); row++) {
            int origin = firstOrigin + row;
            for (int lead = 1; lead <= manifest.horizonHours() && origin + lead < rows.size(); lead++) {
                for (int q = 0; q < quantilesMw.length; q++) {
                    quantilesMw[q] = batch.quantileMw(row, lead, q);
                }
                sums.add(lead, rows.loadMw(origin + lead), quantilesMw);
            }
        }
    }

    private static double inSampleErrorMw(ArticleProtocol file) {
        return InSampleError.ofSeasonalNaive(file.series(), file.firstTestEpochHour());
    }
}
