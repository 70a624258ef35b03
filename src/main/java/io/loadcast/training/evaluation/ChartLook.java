package io.loadcast.training.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How all charts look: colours that the colour-blind can tell apart (the first six by Okabe and Ito 2008), models in colour, baselines in grey. */
final class ChartLook {
    static final int WIDTH = 1200;
    static final int HEIGHT = 560;
    static final int SQUARE = 720;

    static final Color INK = new Color(0x222222);
    static final Color BAND = new Color(0x56, 0xB4, 0xE9, 0x50);
    static final BasicStroke LINE = new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke THIN = new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    /** Names of more series than this run out of the picture. */
    private static final int MOST_IN_A_ROW = 5;

    private static final Color GRID = new Color(0xE4E4E4);
    private static final List<Color> MODELS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x882255),
            new Color(0x7A5C00));
    private static final List<Color> BASELINES = List.of(
            new Color(0x555555), new Color(0x8A8A8A), new Color(0xB4B4B4), new Color(0x9E9E9E), new Color(0x222222));
    private static final List<float[]> DASHES =
            List.of(new float[] {2, 5}, new float[] {9, 5}, new float[] {14, 4, 2, 4}, new float[] {5, 3}, new float[] {
                14, 3, 6, 3
            });

    private ChartLook() {}

    static Color model(int index) {
        return MODELS.get(index % MODELS.size());
    }

    static Color baseline(int index) {
        return BASELINES.get(index % BASELINES.size());
    }

    static BasicStroke dashed(int index) {
        float[] dash = DASHES.get(index % DASHES.size());
        return new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1f, dash, 0f);
    }

    static void apply(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1f));
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setAxisTickMarksColor(GRID);
        styler.setAxisTickLabelsColor(INK);
        styler.setChartFontColor(INK);
        styler.setChartTitleBoxVisible(false);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 19));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendBackgroundColor(Color.WHITE);
        styler.setChartPadding(16);
        styler.setAntiAlias(true);
    }

    static byte[] png(Chart<?, ?> chart) {
        if (chart.getSeriesMap().size() > MOST_IN_A_ROW) {
            chart.getStyler().setLegendPosition(LegendPosition.OutsideE).setLegendLayout(LegendLayout.Vertical);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            BitmapEncoder.saveBitmap(chart, png, BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
