package io.loadcast.training.evaluation;

import io.loadcast.dataset.ArticleProtocol;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.PresentHours;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One region by the {@linkplain ArticleProtocol article's protocol}: every row after the first test window's is an origin. */
record ArticleTest(ArticleProtocol file) implements RegionTest {

    @Override
    public HourlySeries series() {
        return file.series();
    }

    @Override
    public long firstTestHour() {
        return file.firstTestEpochHour();
    }

    @Override
    public Stream<TestWindow> windows() {
        return IntStream.range(file.firstOrigin(), file.rows().size() - 1).mapToObj(this::window);
    }

    private TestWindow window(int origin) {
        PresentHours rows = file.rows();
        int first = origin + 1;
        return new TestWindow(
                rows.epochHour(origin),
                rows.loadMw(first - ProtocolEvaluation.LOOKBACK, first),
                ahead(first),
                ahead(first - TestWindow.WEEK_HOURS));
    }

    /** As many rows as a forecast has, from this one on; NaN where the file has not begun or has ended. */
    private float[] ahead(int first) {
        float[] loadMw = new float[ProtocolEvaluation.HORIZON];
        for (int i = 0; i < loadMw.length; i++) {
            int row = first + i;
            loadMw[i] = row >= 0 && row < file.rows().size() ? file.rows().loadMw(row) : Float.NaN;
        }
        return loadMw;
    }
}
