package io.loadcast.training.evaluation;

import io.loadcast.domain.Quantile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** An evaluation as pictures. */
final class EvaluationPlots {
    private static final List<Integer> CALIBRATION_LEADS = List.of(1, 6, 24);

    private final Evaluation evaluation;

    EvaluationPlots(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** What holds for all regions together, and how they compare. */
    List<Plot> overall() {
        List<Scores> models = evaluation.models();
        int horizon = models.stream().mapToInt(Scores::horizon).max().orElse(1);
        List<Plot> plots = new ArrayList<>();
        plots.add(byLead());
        plots.add(byHour());
        for (int lead : new TreeSet<>(List.of(1, horizon))) {
            plots.add(byRegion(lead));
        }
        for (int m = 0; m < models.size(); m++) {
            if (models.get(m).has(Metric.PINBALL)) {
                plots.add(calibration(models.get(m), m + 1));
            }
        }
        return plots;
    }

    /** A week of each region, by each model. */
    List<Plot> weeks() {
        List<Plot> plots = new ArrayList<>();
        for (int m = 0; m < evaluation.models().size(); m++) {
            plots.addAll(weeks(evaluation.models().get(m), m + 1));
        }
        return plots;
    }

    private Plot byLead() {
        XYChart chart = lines("Error by lead time", "lead time, hours", "sMAPE, %");
        addAll(scores -> {
            double[] smapePct = IntStream.rangeClosed(1, scores.horizon())
                    .mapToDouble(scores::smapePct)
                    .toArray();
            return line(chart, scores, 1, smapePct);
        });
        chart.getStyler().setXAxisMax(24.0);
        return new Plot("error-by-lead.png", "sMAPE by lead time, mean of the regions.", ChartLook.png(chart));
    }

    private Plot byHour() {
        XYChart chart = lines("Error by hour of the day", "hour of the day that was forecast, civil time", "sMAPE, %");
        addAll(scores -> line(chart, scores, 0, smapePctByHour(scores)));
        return new Plot(
                "error-by-hour.png",
                "sMAPE by the hour of the day that was forecast, mean of all lead times and regions.",
                ChartLook.png(chart));
    }

    private static double[] smapePctByHour(Scores scores) {
        return IntStream.range(0, 24)
                .mapToDouble(hour -> scores.regions().values().stream()
                        .mapToDouble(region -> region.details().smapePctByHour()[hour])
                        .average()
                        .orElse(Double.NaN))
                .toArray();
    }

    /** The models and the best baseline: the others would only stretch the axis. */
    private Plot byRegion(int lead) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(ChartLook.WIDTH)
                .height(ChartLook.HEIGHT)
                .title("Error by region, " + lead + " h ahead")
                .yAxisTitle("sMAPE, %")
                .build();
        ChartLook.apply(chart.getStyler());
        chart.getStyler().setXAxisLabelRotation(30);
        chart.getStyler().setAvailableSpaceFill(0.7);
        Scores best = evaluation.baselines().stream()
                .min(Comparator.comparingDouble(baseline -> baseline.smapePct(lead)))
                .orElseThrow();
        Set<String> regions = best.regions().keySet();
        for (int m = 0; m < evaluation.models().size(); m++) {
            Scores model = evaluation.models().get(m);
            bars(chart, model, regions, lead).setFillColor(ChartLook.model(m));
        }
        bars(chart, best, regions, lead).setFillColor(ChartLook.baseline(2));
        return new Plot(
                "error-by-region-" + lead + "h.png",
                "sMAPE by region " + lead + " h ahead, beside the best baseline at that lead time.",
                ChartLook.png(chart));
    }

    private static CategorySeries bars(CategoryChart chart, Scores scores, Set<String> regions, int lead) {
        List<Double> smapePct = regions.stream()
                .map(region -> finite(scores.smapePct(region, lead)))
                .toList();
        CategorySeries series = chart.addSeries(nextId(chart), List.copyOf(regions), smapePct);
        series.setLabel(scores.name());
        return series;
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    private Plot calibration(Scores model, int number) {
        XYChart chart = lines(
                "Calibration of " + model.name(),
                "loads that should lie at or below the quantile, %",
                "loads that did, %",
                ChartLook.SQUARE,
                ChartLook.SQUARE);
        chart.getStyler().setPlotGridVerticalLinesVisible(true);
        chart.getStyler().setXAxisTickMarkSpacingHint(60);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(100.0);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
        XYSeries ideal = chart.addSeries("ideal", new double[] {0, 100}, new double[] {0, 100});
        ideal.setMarker(SeriesMarkers.NONE);
        ideal.setLineColor(ChartLook.baseline(2)).setLineStyle(ChartLook.dashed(1));
        int color = 0;
        for (int lead : CALIBRATION_LEADS) {
            if (lead <= model.horizon()) {
                XYSeries series = addCalibration(chart, model, lead);
                series.setLineColor(ChartLook.model(color)).setLineStyle(ChartLook.THIN);
                series.setMarkerColor(ChartLook.model(color++)).setMarker(SeriesMarkers.CIRCLE);
            }
        }
        return new Plot(
                "calibration-" + number + ".png",
                model.name() + ": share of loads at or below each quantile, mean of the regions.",
                ChartLook.png(chart));
    }

    private static XYSeries addCalibration(XYChart chart, Scores model, int lead) {
        List<Quantile> quantiles = List.copyOf(
                model.regions().values().iterator().next().details().belowPct().keySet());
        double[] nominal =
                quantiles.stream().mapToDouble(q -> 100 * q.probability()).toArray();
        double[] observed = quantiles.stream()
                .mapToDouble(q -> model.regions().values().stream()
                        .mapToDouble(region -> belowPct(region, q, lead))
                        .average()
                        .orElse(Double.NaN))
                .toArray();
        return chart.addSeries(lead + " h ahead", nominal, observed);
    }

    private static double belowPct(RegionScores region, Quantile quantile, int lead) {
        double[] byLead = region.details().belowPct().get(quantile);
        return byLead == null ? Double.NaN : byLead[lead - 1];
    }

    private static List<Plot> weeks(Scores model, int number) {
        List<Plot> plots = new ArrayList<>();
        FileNames names = new FileNames();
        model.regions().forEach((name, region) -> {
            XYChart chart =
                    WeekChart.of(region.details().week(), name + ", a week as " + model.name() + " forecast it");
            plots.add(new Plot(
                    "week-" + number + "-" + names.nameOf(name) + ".png",
                    name + ": actual against what " + model.name() + " forecast, civil time.",
                    ChartLook.png(chart)));
        });
        return plots;
    }

    private static XYChart lines(String title, String xTitle, String yTitle) {
        return lines(title, xTitle, yTitle, ChartLook.WIDTH, ChartLook.HEIGHT);
    }

    private static XYChart lines(String title, String xTitle, String yTitle, int width, int height) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        ChartLook.apply(chart.getStyler());
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private void addAll(Function<Scores, XYSeries> draw) {
        for (int b = 0; b < evaluation.baselines().size(); b++) {
            draw.apply(evaluation.baselines().get(b))
                    .setMarkerColor(ChartLook.baseline(b))
                    .setLineColor(ChartLook.baseline(b))
                    .setLineStyle(ChartLook.dashed(b));
        }
        for (int m = 0; m < evaluation.models().size(); m++) {
            draw.apply(evaluation.models().get(m))
                    .setMarkerColor(ChartLook.model(m))
                    .setLineColor(ChartLook.model(m))
                    .setLineStyle(ChartLook.LINE);
        }
    }

    private static XYSeries line(XYChart chart, Scores scores, int firstX, double[] values) {
        double[] x =
                IntStream.range(0, values.length).mapToDouble(i -> firstX + i).toArray();
        XYSeries series = chart.addSeries(nextId(chart), x, values);
        series.setLabel(scores.name());
        series.setMarker(values.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE); // a point has no line
        return series;
    }

    /** A chart wants its series' names unique, but a model may be called what a baseline is: so names are labels only. */
    private static String nextId(Chart<?, ?> chart) {
        return "series " + chart.getSeriesMap().size();
    }
}
