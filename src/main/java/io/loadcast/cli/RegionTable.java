package io.loadcast.cli;

import io.loadcast.logging.OneLine;
import io.loadcast.view.RegionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Regions as lines of text. */
final class RegionTable {
    private static final String HEADER = String.format(
            Locale.ROOT,
            "%-12s %-17s %10s  %10s %-23s %7s %9s %8s  %s",
            "region",
            "newest hour (UTC)",
            "load MW",
            "next hour",
            "80 % interval",
            "sMAPE %",
            "baseline",
            "scored",
            "quality");

    private RegionTable() {}

    /** A header and a line for each region. */
    static List<String> lines(List<RegionView> regions) {
        List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        regions.forEach(region -> lines.add(line(region)));
        return lines;
    }

    private static String line(RegionView region) {
        RegionView.Load load = region.load();
        RegionView.NextHour next = region.nextHour();
        RegionView.Score score = region.score();
        return String.format(
                Locale.ROOT,
                "%-12.12s %-17s %10s  %10s %-23s %7s %9s %8s  %s",
                OneLine.of(region.region()),
                load == null ? "" : load.validTime().toString().replace(":00Z", ""),
                load == null ? "" : number(load.mw()),
                next == null ? "warming up" : number(next.p50Mw()),
                next == null ? "" : "[" + number(next.p10Mw()) + ", " + number(next.p90Mw()) + "]",
                score == null ? "" : String.format(Locale.ROOT, "%.3f", score.smapePct()),
                score == null ? "" : String.format(Locale.ROOT, "%.3f", score.baselineSmapePct()),
                score == null ? "" : String.format(Locale.ROOT, "%,d", score.count()),
                quality(region));
    }

    /** Of the newest forecast, and why; before the first, how far the warm-up has come. */
    private static String quality(RegionView region) {
        RegionView.NextHour next = region.nextHour();
        if (next == null) {
            return region.readings() + " read";
        }
        return next.reason() == null ? next.quality() : next.quality() + ": " + next.reason();
    }

    private static String number(double mw) {
        return String.format(Locale.ROOT, mw < 1000 ? "%.2f" : "%,.1f", mw);
    }
}
