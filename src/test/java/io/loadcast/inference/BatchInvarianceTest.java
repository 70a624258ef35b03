package io.loadcast.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.WindowBatch;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shipped model, as it is served: what it says of a window does not depend on the windows beside it. */
class BatchInvarianceTest {
    private static final int WINDOWS = 100;
    private static final List<Region> REGIONS = List.of(new Region("AEP"), new Region("elsewhere"), new Region("DUQ"));
    private static final long SOME_HOUR = 420_000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final OnnxForecastEngine engine =
            OnnxForecastEngine.open(ModelFile.shipped(), new EngineOptions(Device.CPU, 1));
    private final List<float[]> windows =
            IntStream.range(0, WINDOWS).mapToObj(ignored -> window()).toList();

    @AfterEach
    void close() {
        engine.close();
        System.out.println("seed " + seed);
    }

    @Test
    void aForecastIsTheSameToTheLastBitInABatchOfAnySizeAndAtAnyPlace() {
        // given
        float[][] together = forecasts(IntStream.range(0, WINDOWS).boxed().toList());

        for (int size = 1; size <= 70; size++) {
            // when
            List<Integer> some = IntStream.range(0, WINDOWS).boxed().collect(Collectors.toList());
            Collections.shuffle(some, random);
            some = some.subList(0, size);
            float[][] apart = forecasts(some);

            // then
            for (int i = 0; i < size; i++) {
                assertThat(apart[i])
                        .as("window %d, at %d of %d", some.get(i), i, size)
                        .containsExactly(together[some.get(i)]);
            }
        }
    }

    @Test
    void aForecastIsTheSameToTheLastBitInAPartOfABatch() {
        // given
        WindowBatch whole = batch(IntStream.range(0, 29).boxed().toList());
        engine.run(whole);
        float[][] together = rows(whole);

        // when: pieces of uneven sizes, the last ones first
        WindowBatch pieces = batch(IntStream.range(0, 29).boxed().toList());
        for (int[] piece : new int[][] {{28, 1}, {21, 7}, {20, 1}, {17, 3}, {11, 6}, {1, 10}, {0, 1}}) {
            engine.run(pieces.rows(piece[0], piece[1]));
        }

        // then
        assertThat(rows(pieces)).isDeepEqualTo(together);
    }

    private float[][] forecasts(List<Integer> some) {
        WindowBatch batch = batch(some);
        engine.run(batch);
        return rows(batch);
    }

    private WindowBatch batch(List<Integer> some) {
        WindowBatch batch = new WindowBatch(engine.manifest(), some.size());
        Calendar calendar = new Calendar(CivilCalendar.UTC, engine.manifest().calendarFeatures());
        for (int window : some) {
            batch.add(REGIONS.get(window % REGIONS.size()), windows.get(window), SOME_HOUR + 997L * window, calendar);
        }
        return batch;
    }

    private float[][] rows(WindowBatch batch) {
        float[] all = new float[batch.quantilesMw().remaining()];
        batch.quantilesMw().get(all);
        int row = all.length / batch.size();
        return IntStream.range(0, batch.size())
                .mapToObj(i -> Arrays.copyOfRange(all, i * row, (i + 1) * row))
                .toArray(float[][]::new);
    }

    private float[] window() {
        float[] window = new float[engine.manifest().lookbackHours()];
        double level = 500 + 20_000 * random.nextDouble();
        for (int i = 0; i < window.length; i++) {
            window[i] = (float) (level * (1 + 0.2 * Math.sin(i * Math.PI / 12) + 0.02 * random.nextGaussian()));
        }
        return window;
    }
}
