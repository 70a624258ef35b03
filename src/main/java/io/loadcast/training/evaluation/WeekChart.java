package io.loadcast.training.evaluation;

import io.loadcast.domain.EpochHour;
import java.awt.BasicStroke;
import java.awt.Color;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Actual against forecast, hour by hour, over a {@link SampleWeek}. */
final class WeekChart {
    private static final int HOURS_OF_DAY = 24;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

    private final SampleWeek week;
    private final XYChart chart;

    private WeekChart(SampleWeek week, String title) {
        this.week = week;
        this.chart = new XYChartBuilder()
                .width(ChartLook.WIDTH)
                .height(ChartLook.HEIGHT)
                .title(title)
                .xAxisTitle("civil time, " + week.zone() + ", "
                        + EpochHour.start(week.firstHour()).atZone(week.zone()).getYear())
                .yAxisTitle("load, MW")
                .build();
        ChartLook.apply(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) SampleWeek.HOURS / HOURS_OF_DAY);
        chart.getStyler().setXAxisTickMarkSpacingHint(120);
        chart.getStyler().setxAxisTickLabelsFormattingFunction(this::date);
        chart.getStyler().setPlotGridVerticalLinesVisible(true);
        chart.getStyler().setYAxisDecimalPattern("#,##0");
    }

    /** Nothing is drawn of hours that were not scored. */
    static XYChart of(SampleWeek week, String title) {
        WeekChart chart = new WeekChart(week, title);
        chart.band();
        String ahead = week.leadHours() + " h ahead";
        chart.line("actual", week.actualMw(), ChartLook.INK, ChartLook.LINE);
        if (week.leadHours() > 1) {
            chart.line("p50, 1 h ahead", week.nextHourMw(), ChartLook.model(1), ChartLook.THIN);
        }
        chart.line("p50, " + ahead, week.medianMw(), ChartLook.model(0), ChartLook.THIN);
        return chart.chart;
    }

    /** [p10, p90] as an area: along p90, and back along p10. */
    private void band() {
        List<Double> days = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < SampleWeek.HOURS; i++) {
            append(days, values, i, week.highMw());
        }
        for (int i = SampleWeek.HOURS - 1; i >= 0; i--) {
            append(days, values, i, week.lowMw());
        }
        if (!days.isEmpty()) {
            XYSeries band = chart.addSeries("p10 to p90, " + week.leadHours() + " h ahead", days, values);
            band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
            band.setFillColor(ChartLook.BAND);
            band.setLineColor(new Color(0, true));
            band.setMarker(SeriesMarkers.NONE);
        }
    }

    private void line(String name, double[] loadMw, Color color, BasicStroke stroke) {
        List<Double> days = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < SampleWeek.HOURS; i++) {
            append(days, values, i, loadMw);
        }
        if (!days.isEmpty()) {
            XYSeries line = chart.addSeries(name, days, values);
            line.setLineColor(color);
            line.setLineStyle(stroke);
            line.setMarker(SeriesMarkers.NONE);
        }
    }

    /** The date that begins at a tick of the axis, which counts days; none between them. */
    private String date(double days) {
        if (days != Math.rint(days)) {
            return "";
        }
        // Two hours on, it is that date whether or not the clocks were changed in between.
        long hour = week.firstHour() + Math.round(days * HOURS_OF_DAY) + 2;
        return DATE.format(EpochHour.start(hour).atZone(week.zone()));
    }

    private void append(List<Double> days, List<Double> values, int i, double[] loadMw) {
        if (Double.isFinite(loadMw[i])) {
            days.add((double) i / HOURS_OF_DAY);
            values.add(loadMw[i]);
        }
    }
}
