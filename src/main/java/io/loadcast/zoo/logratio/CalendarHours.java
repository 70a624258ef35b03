package io.loadcast.zoo.logratio;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.loadcast.domain.CalendarFeature;

/**
 * The calendar input by meaning; hours count from the window's first.
 *
 * @param calendar [B, lookback + horizon, features]
 */
record CalendarHours(NDArray calendar) {

    /** [B, count], int64. */
    NDArray ofWeek(int first, int count) {
        NDArray hour = feature(CalendarFeature.HOUR_OF_DAY, first, count);
        NDArray day = feature(CalendarFeature.DAY_OF_WEEK, first, count);
        return day.mul(24).add(hour).toType(DataType.INT64, false);
    }

    /** [B, count]. */
    NDArray ofYear(int first, int count) {
        return feature(CalendarFeature.DAY_OF_YEAR, first, count);
    }

    /** 1 on a public holiday, else 0: [B, count]. */
    NDArray holiday(int first, int count) {
        return feature(CalendarFeature.HOLIDAY, first, count);
    }

    /** What is known in advance of each hour after the first, [B, lookback + horizon − 1, {@link StepFeatures#CALENDAR}]. */
    NDArray afterFirst(ParameterStore store, Parameter hourEmbedding, boolean training) {
        int count = LogRatioArchitecture.LOOKBACK + LogRatioArchitecture.HORIZON - 1;
        return LogRatioNetwork.embed(store, hourEmbedding, ofWeek(1, count), training)
                .concat(WindowNumbers.harmonics(ofYear(1, count)), 2)
                .concat(holiday(1, count).expandDims(2), 2);
    }

    private NDArray feature(CalendarFeature feature, int first, int count) {
        return calendar.get(":, {}:{}, {}", first, first + count, LogRatioArchitecture.CALENDAR.indexOf(feature));
    }
}
