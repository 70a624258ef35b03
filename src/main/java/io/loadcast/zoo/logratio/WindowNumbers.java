package io.loadcast.zoo.logratio;

import static io.loadcast.zoo.Network.times;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** What {@link LogRatioNetwork} computes of a window before any weight: log-loads, {@link StepFeatures}, lags. */
final class WindowNumbers {
    private WindowNumbers() {}

    /** Below this, a window's loads count as this: [B, 1], MW. */
    static NDArray floorMw(NDArray loadMw) {
        return loadMw.mean(new int[] {1}, true)
                .mul(LogRatioArchitecture.FLOOR_SHARE)
                .add(LogRatioArchitecture.FLOOR_MW);
    }

    /** log(y / level), [B, lookback]. */
    static NDArray logLoad(NDArray loadMw) {
        NDArray load = loadMw.maximum(floorMw(loadMw));
        return load.div(load.get(":, :" + (FIRST_ANCHOR + 1)).mean(new int[] {1}, true))
                .log();
    }

    /** What the network sees of each hour, [B, lookback, features]. */
    static NDArray features(NDArray logLoad, NDArray calendar) {
        NDArray load = logLoad.expandDims(2);
        NDArray growth = growth(logLoad);
        return NDArrays.concat(
                new NDList(
                        times(load, StepFeatures.LOAD_SCALE),
                        times(load.sub(back(logLoad, StepFeatures.LAGS)), StepFeatures.DIFFERENCE_SCALE),
                        times(growth.expandDims(2).sub(back(growth, StepFeatures.DAYS)), StepFeatures.SURPRISE_SCALE),
                        times(back(growth, StepFeatures.NEXT_HOUR_OF_DAYS), StepFeatures.GROWTH_SCALE),
                        calendar.get(":, :" + LOOKBACK + ", :")),
                2);
    }

    /** How much each hour's log-load is above that of the hour before, [B, lookback]; zero at the first hour. */
    private static NDArray growth(NDArray logLoad) {
        NDArray first = logLoad.get(":, :1");
        NDArray before = first.concat(logLoad.get(":, :" + (LOOKBACK - 1)), 1);
        return logLoad.sub(before);
    }

    /** The values some hours back from each hour, [B, lookback, lags]. */
    private static NDArray back(NDArray hourly, List<Integer> lags) {
        return pick(hourly, StepFeatures.indicesBack(lags), LOOKBACK, lags.size());
    }

    /** The values at the anchors, [B, anchors]. */
    static NDArray anchors(NDArray logLoad) {
        return logLoad.get(":, " + FIRST_ANCHOR + ":" + LOOKBACK);
    }

    /** The values 1 … count steps after (step = 1) or before (−1) each of some consecutive hours: [B, hours, count]. */
    static NDArray lagged(NDArray values, int firstHour, int hours, int count, int step) {
        long[] indices = new long[hours * count];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = firstHour + i / count + (long) step * (i % count + 1);
        }
        return pick(values, indices, hours, count);
    }

    /** For each row, the values that the indices name, as [B, rows, columns]. */
    private static NDArray pick(NDArray values, long[] indices, int rows, int columns) {
        long batch = values.getShape().get(0);
        NDArray index = values.getManager().create(indices, new Shape(1, indices.length));
        return values.gather(index.broadcast(batch, indices.length), 1).reshape(batch, rows, columns);
    }

    /** Two yearly harmonics of the day, [B, hours, 4]. */
    static NDArray harmonics(NDArray dayOfYear) {
        NDArray angle = dayOfYear.mul((float) (2 * Math.PI / LogRatioArchitecture.YEAR_DAYS));
        NDArray twice = angle.mul(2);
        return NDArrays.stack(new NDList(angle.sin(), angle.cos(), twice.sin(), twice.cos()), 2);
    }
}
