package io.loadcast.training.evaluation;

import io.loadcast.dataset.ArticleProtocol;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.PresentHours;
import java.util.Arrays;
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
        int length = Math.min(ProtocolEvaluation.HORIZON, rows.size() - first);
        float[] actualMw = Arrays.copyOf(rows.loadMw(first, first + length), ProtocolEvaluation.HORIZON);
        Arrays.fill(actualMw, length, actualMw.length, Float.NaN);
        return new TestWindow(
                rows.epochHour(origin), rows.loadMw(first - ProtocolEvaluation.LOOKBACK, first), actualMw);
    }
}
