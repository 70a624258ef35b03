package io.loadcast.training.evaluation;

import io.loadcast.dataset.ArticleProtocol;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Baseline;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.Quantile;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.forecasting.WindowBatch;
import io.loadcast.zoo.LinearForecast;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs models and baselines through a {@link Protocol}: the same windows of every region for all of them, each lead time whose
 * load is known. A model runs through the engine that serves it.
 */
public final class ProtocolEvaluation {
    /** Hours that every forecaster may look back on. */
    static final int LOOKBACK = ArticleProtocol.LOOKBACK;

    public static final int HORIZON = Baseline.MAX_LEAD_HOURS;

    private static final int BATCH = 64;

    private static final List<BaselineForecast> WITHOUT_FIT = List.of(
            new LookbackBaseline(Baseline.LAST_VALUE),
            new LookbackBaseline(Baseline.RATIO),
            new LookbackBaseline(Baseline.SEASONAL_NAIVE),
            new WeeklyNaive());

    private static final String PUBLISHED = "published";

    private final String protocol;
    private final List<RegionTest> tests;

    /** @throws IllegalArgumentException if a series is too short for the protocol */
    public ProtocolEvaluation(Protocol protocol, List<HourlySeries> series) {
        this(protocol.key(), series.stream().map(protocol::of).toList());
    }

    private ProtocolEvaluation(String protocol, List<RegionTest> tests) {
        this.protocol = protocol;
        this.tests = tests;
    }

    /**
     * The evaluation of forecasts that were published, at the hours at which they were issued. A region without one is left out.
     *
     * @param loads what was read, with the last load of each hour
     */
    public static ProtocolEvaluation ofPublished(List<HourlySeries> loads, IssueHours issued) {
        List<RegionTest> tests = new ArrayList<>();
        for (HourlySeries series : loads) {
            PublishedTest test = new PublishedTest(series, issued);
            if (test.windows().findAny().isPresent()) {
                tests.add(test);
            }
        }
        return new ProtocolEvaluation(PUBLISHED, List.copyOf(tests));
    }

    /**
     * Scores forecasts that were published; of an {@linkplain #ofPublished evaluation of such}.
     *
     * @param name what the report calls the model
     */
    public PublishedScores published(String name) {
        return new PublishedScores(
                name,
                tests.stream()
                        .filter(PublishedTest.class::isInstance)
                        .map(PublishedTest.class::cast)
                        .toList());
    }

    /**
     * The models' scores together with those of the baselines.
     *
     * @param linear whether to fit and score the linear baseline too, which takes some seconds per million hours
     */
    public Evaluation with(List<Scores> models, boolean linear) {
        List<Scores> baselines = new ArrayList<>();
        List<Unscored> unscored = new ArrayList<>();
        WITHOUT_FIT.forEach(baseline -> baselines.add(score(baseline)));
        if (linear) {
            fitLinear(unscored).ifPresent(fitted -> baselines.add(score(fitted)));
        }
        return new Evaluation(
                protocol,
                (int) tests.stream().mapToLong(test -> test.windows().count()).sum(),
                models,
                baselines,
                unscored);
    }

    /** Whether a baseline has this name, so that a model of it wants another. */
    public static boolean isBaseline(String name) {
        return name.equals(LinearBaseline.NAME)
                || WITHOUT_FIT.stream().anyMatch(baseline -> baseline.name().equals(name));
    }

    /**
     * A full batch of the test's windows, for a measurement: region by region from the first, and over again if they are too few.
     *
     * @throws IllegalArgumentException if the model takes another lookback than the protocol, or there is no window
     */
    public WindowBatch sample(ModelManifest manifest, int size) {
        WindowBatch batch = new WindowBatch(manifest, size);
        while (!batch.isFull()) {
            int before = batch.size();
            for (RegionTest test : tests) {
                Calendar calendar = new Calendar(test.series().civilCalendar(), manifest.calendarFeatures());
                test.windows()
                        .limit(batch.capacity() - batch.size())
                        .forEach(window ->
                                batch.add(test.series().region(), window.lookbackMw(), window.issueHour(), calendar));
            }
            if (batch.size() == before) {
                throw new IllegalArgumentException("protocol " + protocol + " has no window to forecast");
            }
        }
        return batch;
    }

    private Optional<LinearForecast> fitLinear(List<Unscored> unscored) {
        try {
            return Optional.of(LinearBaseline.fit(tests));
        } catch (IllegalArgumentException e) {
            unscored.add(new Unscored(LinearBaseline.NAME, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** The interval of a fit that nothing has calibrated says nothing: only its median is scored. */
    private Scores score(LinearForecast linear) {
        try (ForecastEngine engine = LinearBaseline.open(linear)) {
            return score(LinearBaseline.NAME, engine, List.of(Quantile.P50));
        }
    }

    /** Scores a model under its own name; see {@link #score(String, ForecastEngine)}. */
    public Scores score(ForecastEngine engine) {
        return score(engine.manifest().name(), engine);
    }

    /**
     * Scores a model.
     *
     * @param name what the report calls it
     * @throws IllegalArgumentException if it {@linkplain #requireRuns cannot run} the protocol
     */
    public Scores score(String name, ForecastEngine engine) {
        return score(name, engine, engine.manifest().quantiles());
    }

    private Scores score(String name, ForecastEngine engine, List<Quantile> scored) {
        requireRuns(name, engine.manifest());
        return score(name, test -> score(engine, test, scored));
    }

    /**
     * Checks that a model can be scored.
     *
     * @param name what the report calls it
     * @throws IllegalArgumentException if it has no median, another lookback than the protocol, a longer horizon, or no scale for
     *     one of the regions though it takes scales
     */
    public void requireRuns(String name, ModelManifest manifest) {
        if (manifest.lookbackHours() != LOOKBACK
                || manifest.horizonHours() > HORIZON
                || !manifest.quantiles().contains(Quantile.P50)) {
            throw new IllegalArgumentException("model " + name + " cannot run protocol " + protocol
                    + ": that takes a lookback of " + LOOKBACK + " hours, a horizon of at most " + HORIZON
                    + " and a median");
        }
        tests.forEach(test -> manifest.requireForecasts(test.series().region()));
    }

    Scores score(BaselineForecast baseline) {
        return score(baseline.name(), test -> score(baseline, test));
    }

    private Scores score(String name, Function<RegionTest, RegionTally> forecaster) {
        Map<String, RegionScores> regions = new LinkedHashMap<>();
        for (RegionTest test : tests) {
            regions.put(test.series().region().name(), forecaster.apply(test).scores());
        }
        return new Scores(name, regions);
    }

    private static RegionTally score(BaselineForecast baseline, RegionTest test) {
        RegionTally tally = new RegionTally(test, HORIZON, List.of(Quantile.P50));
        test.windows().forEach(window -> tally.addMedians(window, baseline.forecastMw(window)));
        return tally;
    }

    private static RegionTally score(ForecastEngine engine, RegionTest test, List<Quantile> scored) {
        ModelManifest manifest = engine.manifest();
        Calendar calendar = new Calendar(test.series().civilCalendar(), manifest.calendarFeatures());
        WindowBatch batch = new WindowBatch(manifest, BATCH);
        List<TestWindow> windows = new ArrayList<>();
        RegionTally tally = new RegionTally(test, manifest.horizonHours(), scored);
        for (Iterator<TestWindow> all = test.windows().iterator(); all.hasNext(); ) {
            TestWindow window = all.next();
            windows.add(window);
            batch.add(test.series().region(), window.lookbackMw(), window.issueHour(), calendar);
            if (batch.isFull() || !all.hasNext()) {
                engine.run(batch);
                addForecasts(tally, manifest, scored, windows, batch);
                windows.clear();
                batch.clear();
            }
        }
        return tally;
    }

    private static void addForecasts(
            RegionTally tally,
            ModelManifest manifest,
            List<Quantile> scored,
            List<TestWindow> windows,
            WindowBatch batch) {
        int[] columns = scored.stream().mapToInt(manifest.quantiles()::indexOf).toArray();
        double[] quantilesMw = new double[columns.length];
        for (int row = 0; row < windows.size(); row++) {
            for (int lead = 1; lead <= manifest.horizonHours(); lead++) {
                for (int q = 0; q < quantilesMw.length; q++) {
                    quantilesMw[q] = batch.quantileMw(row, lead, columns[q]);
                }
                tally.add(windows.get(row), lead, quantilesMw);
            }
        }
    }
}
