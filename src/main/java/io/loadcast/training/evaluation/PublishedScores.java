package io.loadcast.training.evaluation;

import io.loadcast.domain.Quantile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores forecasts as they were published, of each issue time the last revision. For one thread: begin, {@link #add}, {@link #scores}.
 */
public final class PublishedScores {
    private final String name;
    private final Map<String, OfRegion> regions = new LinkedHashMap<>();

    /** Loads in MW at index {@code lead − 1}. */
    private record Points(long issueHour, double[] lowMw, double[] medianMw, double[] highMw) {}

    PublishedScores(String name, List<PublishedTest> tests) {
        this.name = name;
        tests.forEach(test -> regions.put(test.series().region().name(), new OfRegion(test)));
    }

    /**
     * Takes the next forecast; one of the same issue time takes the place of the one before.
     *
     * @param lowMw p10, from the next hour on
     * @param medianMw p50
     * @param highMw p90
     */
    public void add(String region, long issueHour, double[] lowMw, double[] medianMw, double[] highMw) {
        OfRegion scored = regions.get(region);
        if (scored != null) {
            scored.add(new Points(issueHour, lowMw, medianMw, highMw));
        }
    }

    /** What has been added. */
    public Scores scores() {
        Map<String, RegionScores> all = new LinkedHashMap<>();
        regions.forEach((region, scored) -> all.put(region, scored.scores()));
        return new Scores(name, all);
    }

    private static final class OfRegion {
        private static final List<Quantile> QUANTILES = List.of(Quantile.P10, Quantile.P50, Quantile.P90);

        private final PublishedTest test;
        private @Nullable RegionTally tally;
        private @Nullable Points newest;

        OfRegion(PublishedTest test) {
            this.test = test;
        }

        void add(Points points) {
            if (newest != null && newest.issueHour() != points.issueHour()) {
                score(newest);
            }
            newest = points;
        }

        private void score(Points points) {
            TestWindow window = test.window(points.issueHour());
            if (window != null) {
                RegionTally sums = tally(points.medianMw().length);
                for (int i = 0; i < points.medianMw().length; i++) {
                    sums.add(window, i + 1, points.lowMw()[i], points.medianMw()[i], points.highMw()[i]);
                }
            }
        }

        /** @param horizon the model's */
        private RegionTally tally(int horizon) {
            if (tally == null) {
                tally = new RegionTally(test, horizon, QUANTILES);
            }
            return tally;
        }

        RegionScores scores() {
            if (newest != null) {
                score(newest);
                newest = null;
            }
            return tally(ProtocolEvaluation.HORIZON).scores();
        }
    }
}
