package io.loadcast.monitoring;

import io.loadcast.view.GridView;
import io.loadcast.view.RegionView;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/**
 * How good forecasts have been, by region and lead time: of a bounded number of regions, the first by name, so that the same ones are
 * there at each scrape; over all of them, how many do worse than the baseline. Thread-safe.
 */
public final class RunningScores implements MultiCollector {
    /** Scores of one day: before, a comparison says little. */
    private static final int ENOUGH = 24;

    private final GridView view;
    private final int mostRegions;

    /** @param mostRegions how many have samples of their own */
    public RunningScores(GridView view, int mostRegions) {
        this.view = view;
        this.mostRegions = mostRegions;
    }

    @Override
    public MetricSnapshots collect() {
        Scrape scrape = new Scrape();
        List<RegionView> regions = view.regions();
        for (int i = 0; i < regions.size(); i++) {
            for (RegionView.LeadScore lead : regions.get(i).scores()) {
                scrape.compare(lead);
                if (i < mostRegions) {
                    scrape.take(regions.get(i).region(), lead);
                }
            }
        }
        return scrape.snapshots(regions.size(), Math.max(0, regions.size() - mostRegions));
    }

    private static final class Scrape {
        private final Family smape = new Family(
                "loadcast_smape_ratio",
                "Running sMAPE of a region's forecasts at a lead time over a window, 0 to 2; and the baseline's.");
        private final Family coverage = new Family(
                "loadcast_coverage_ratio",
                "Share of a region's loads inside the interval from p10 to p90; 0.8 is right.");
        private final Family worse = new Family(
                "loadcast_regions_worse_than_baseline",
                "Regions, of all that are known, whose running sMAPE over a window is above the baseline's.");
        private final Family scored =
                new Family("loadcast_regions_scored", "Regions that have at least 24 scores at a lead time.");

        void take(String region, RegionView.LeadScore lead) {
            String hours = Integer.toString(lead.leadHours());
            take(region, hours, "24h", lead.last24h());
            take(region, hours, "168h", lead.last168h());
            take(region, hours, "all", lead.all());
        }

        private void take(String region, String lead, String window, RegionView.Score score) {
            if (score.count() > 0) {
                smape.add(score.smapePct() / 100, labels(region, lead, window, "forecaster", "model"));
                smape.add(score.baselineSmapePct() / 100, labels(region, lead, window, "forecaster", "baseline"));
                coverage.add(score.coveragePct() / 100, labels(region, lead, window));
            }
        }

        private static String[] labels(String region, String lead, String window, String... more) {
            List<String> labels = new ArrayList<>(List.of("region", region, "lead_hours", lead, "window", window));
            labels.addAll(List.of(more));
            return labels.toArray(String[]::new);
        }

        void compare(RegionView.LeadScore lead) {
            if (lead.all().count() >= ENOUGH) {
                String hours = Integer.toString(lead.leadHours());
                scored.add(1, "lead_hours", hours);
                worse.add(isWorse(lead.last24h()), "lead_hours", hours, "window", "24h");
                worse.add(isWorse(lead.last168h()), "lead_hours", hours, "window", "168h");
                worse.add(isWorse(lead.all()), "lead_hours", hours, "window", "all");
            }
        }

        private static int isWorse(RegionView.Score score) {
            return score.smapePct() > score.baselineSmapePct() ? 1 : 0;
        }

        MetricSnapshots snapshots(int known, int leftOut) {
            return MetricSnapshots.of(
                    smape.gauge(),
                    coverage.gauge(),
                    worse.gauge(),
                    scored.gauge(),
                    new Family("loadcast_regions", "Regions that are known.")
                            .add(known)
                            .gauge(),
                    new Family(
                                    "loadcast_regions_left_out",
                                    "Regions whose scores have no samples of their own; see loadcast.metrics.regions.")
                            .add(leftOut)
                            .gauge());
        }
    }
}
