package io.loadcast.zoo.logratio;

import static io.loadcast.zoo.LinearForecast.HOURS_OF_WEEK;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.onnxgraph.Attribute;
import io.loadcast.onnxgraph.GraphBuilder;
import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.ScaledInterval;
import io.loadcast.zoo.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The serving half of a {@link LogRatioArchitecture}, with the forecast from the window's last hour only; formulas there. For one
 * model: builds it once.
 */
public abstract class LogRatioGraph {
    private static final int LAST = LOOKBACK - 1;

    protected final GraphBuilder graph;
    protected final Weights weights;
    private final Map<String, Value> indices = new HashMap<>();

    protected LogRatioGraph(String name, Weights weights) {
        this.graph = new GraphBuilder(name);
        this.weights = weights;
    }

    /**
     * What this architecture makes of the hours.
     *
     * @param steps [B, lookback, {@link StepFeatures#COUNT}]
     * @param hours [B, lookback + horizon − 1, {@link StepFeatures#CALENDAR}], the calendar of each hour after the first
     * @return [B, width]
     */
    protected abstract Value atLastHour(Value steps, Value hours);

    /** The whole model, without metadata. */
    public final OnnxModel build() {
        Value loadMw = graph.input("load_mw", LOOKBACK);
        Value calendar = graph.input("calendar", LOOKBACK + HORIZON, LogRatioArchitecture.CALENDAR.size());
        Value hourOfWeek = hourOfWeek(calendar);

        Value load = graph.op("Max", loadMw, floorMw(loadMw));
        Value level = graph.mean(graph.slice(load, 1, 0, FIRST_ANCHOR + 1), FIRST_ANCHOR + 1);
        Value logLoad = graph.op("Log", graph.op("Div", load, level));

        Value raw = raw(logLoad, hourOfWeek, calendar);
        Value linear = linear(logLoad, hourOfWeek);
        Value median = median(linear, raw);
        if (weights.contains(MedianTables.REGION_BIAS)) {
            median = calibrated(median, logLoad, hourOfWeek);
        }
        Value last = graph.unsqueeze(graph.slice(load, 1, LAST, LOOKBACK), 2);
        graph.output("quantiles_mw", graph.op("Mul", last, graph.op("Exp", logRatios(median, raw))), HORIZON, 3);
        return graph.build();
    }

    /** The raw outputs, [B, horizon, 3]; where no network corrects the linear forecast, [1, 1, 3]. */
    private Value raw(Value logLoad, Value hourOfWeek, Value calendar) {
        if (!weights.contains("out_weight")) {
            float start = LogRatioArchitecture.WIDTH_START;
            return graph.floats("uncorrected", new float[] {0, start, start}, 1, 1, 3);
        }
        Value holiday = feature(calendar, CalendarFeature.HOLIDAY);
        Value hours = hours(hourOfWeek, feature(calendar, CalendarFeature.DAY_OF_YEAR), holiday);
        return head(atLastHour(steps(logLoad, hours), hours), graph.slice(holiday, 1, LOOKBACK, LOOKBACK + HORIZON));
    }

    private Value floorMw(Value loadMw) {
        Value share = graph.op("Mul", graph.mean(loadMw, LOOKBACK), graph.scalar(LogRatioArchitecture.FLOOR_SHARE));
        return graph.op("Add", share, graph.scalar(LogRatioArchitecture.FLOOR_MW));
    }

    /** [B, lookback + horizon], int64. */
    private Value hourOfWeek(Value calendar) {
        Value hour = feature(calendar, CalendarFeature.HOUR_OF_DAY);
        Value day = feature(calendar, CalendarFeature.DAY_OF_WEEK);
        return integer(graph.op("Add", graph.op("Mul", day, graph.scalar(24)), hour));
    }

    /** [B, lookback + horizon]. */
    private Value feature(Value calendar, CalendarFeature feature) {
        return graph.gather(calendar, index(feature.key(), LogRatioArchitecture.CALENDAR.indexOf(feature)), 2);
    }

    /** What the network sees of each hour, [B, lookback, features]. */
    private Value steps(Value logLoad, Value hours) {
        Value load = graph.unsqueeze(logLoad, 2);
        Value growth = growth(logLoad);
        Value differences = graph.op("Sub", load, back(logLoad, "lag", StepFeatures.LAGS));
        Value surprises = graph.op("Sub", graph.unsqueeze(growth, 2), back(growth, "day", StepFeatures.DAYS));
        Value next = back(growth, "next_hour_of_day", StepFeatures.NEXT_HOUR_OF_DAYS);
        return graph.concat(
                2,
                times(load, StepFeatures.LOAD_SCALE),
                times(differences, StepFeatures.DIFFERENCE_SCALE),
                times(surprises, StepFeatures.SURPRISE_SCALE),
                times(next, StepFeatures.GROWTH_SCALE),
                graph.slice(hours, 1, 0, LOOKBACK));
    }

    /** How much each hour's log-load is above that of the hour before, [B, lookback]; zero at the first hour. */
    private Value growth(Value logLoad) {
        Value before = graph.concat(1, graph.slice(logLoad, 1, 0, 1), graph.slice(logLoad, 1, 0, LOOKBACK - 1));
        return graph.op("Sub", logLoad, before);
    }

    /** The values some hours back from each hour, [B, lookback, lags]. */
    private Value back(Value hourly, String name, List<Integer> lags) {
        Value indices = graph.longs(name + "_indices", StepFeatures.indicesBack(lags), LOOKBACK, lags.size());
        return graph.gather(hourly, indices, 1);
    }

    private Value times(Value value, float factor) {
        return graph.op("Mul", value, graph.scalar(factor));
    }

    /** What is known in advance of each hour after the first, [B, lookback + horizon − 1, numbers]. */
    private Value hours(Value hourOfWeek, Value dayOfYear, Value holiday) {
        Value embedded = graph.gather(weight("hour_embedding"), afterFirst(hourOfWeek), 0);
        Value angle = graph.op(
                "Mul", afterFirst(dayOfYear), graph.scalar((float) (2 * Math.PI / LogRatioArchitecture.YEAR_DAYS)));
        Value yearly = graph.unsqueeze(angle, 2);
        Value halfYearly = graph.op("Mul", yearly, graph.scalar(2));
        return graph.concat(
                2,
                embedded,
                graph.op("Sin", yearly),
                graph.op("Cos", yearly),
                graph.op("Sin", halfYearly),
                graph.op("Cos", halfYearly),
                graph.unsqueeze(afterFirst(holiday), 2));
    }

    /** The raw outputs, [B, horizon, 3]. */
    private Value head(Value atLastHour, Value holidaysAhead) {
        Value hidden = graph.op("Relu", dense(graph.concat(1, atLastHour, holidaysAhead), "dense"));
        return graph.op("Reshape", dense(hidden, "out"), graph.longs(0, HORIZON, 3));
    }

    /** The linear forecast, [B, horizon, 1]. */
    private Value linear(Value logLoad, Value hourOfWeek) {
        Value hour = graph.gather(hourOfWeek, index("next_hour", LOOKBACK), 1);
        Value table = graph.floats(
                "linear_weights", weights.get("linear_weights").values(), HOURS_OF_WEEK, FIRST_ANCHOR, HORIZON);
        long[] backwards =
                LongStream.rangeClosed(1, FIRST_ANCHOR).map(k -> LAST - k).toArray();
        Value ratios = graph.op(
                "Sub", graph.gather(logLoad, graph.longs(backwards), 1), graph.slice(logLoad, 1, LAST, LOOKBACK));
        Value product = graph.op("MatMul", graph.unsqueeze(ratios, 1), graph.gather(table, hour, 0));
        Value sum = graph.op("Add", graph.squeeze(product, 1), graph.gather(weight("linear_bias"), hour, 0));
        return graph.unsqueeze(sum, 2);
    }

    /** The median of the log-ratio before calibration, [B, horizon, 1]. */
    private Value median(Value linear, Value raw) {
        Value scaled = graph.op(
                "Mul",
                graph.slice(raw, 2, 0, 1),
                graph.floats("correction_scale", LogRatioArchitecture.correctionScale(), HORIZON, 1));
        return graph.op("Add", linear, scaled);
    }

    /** The serving half of {@link MedianTables}, [B, horizon, 1]. */
    private Value calibrated(Value median, Value logLoad, Value hourOfWeek) {
        Value region = integer(graph.squeeze(graph.input("region", 1), 1));
        Value row = graph.op(
                "Add",
                graph.op("Mul", region, graph.longs(HOURS_OF_WEEK)),
                graph.gather(hourOfWeek, index("next_hour", LOOKBACK), 1));
        Value biased =
                graph.op("Add", median, graph.unsqueeze(graph.gather(weight(MedianTables.REGION_BIAS), row, 0), 2));
        Value lastDay = graph.op(
                "Sub", graph.slice(logLoad, 1, LOOKBACK - HORIZON, LOOKBACK), graph.slice(logLoad, 1, LAST, LOOKBACK));
        Value away = graph.op("Sub", graph.unsqueeze(lastDay, 2), biased);
        Value share = graph.floats(
                MedianTables.DAY_SHARE, weights.get(MedianTables.DAY_SHARE).values(), HORIZON, 1);
        return graph.op("Add", biased, graph.op("Mul", away, share));
    }

    /** The quantiles of the log-ratio, [B, horizon, 3]. */
    private Value logRatios(Value unbounded, Value raw) {
        Value median = graph.op(
                "Clip",
                unbounded,
                graph.scalar(-LogRatioArchitecture.MAX_LOG_RATIO),
                graph.scalar(LogRatioArchitecture.MAX_LOG_RATIO));
        Value scale = weight(ScaledInterval.INTERVAL_SCALE);
        Value below = width(graph.slice(raw, 2, 1, 2), graph.slice(scale, 1, 0, 1));
        Value above = width(graph.slice(raw, 2, 2, 3), graph.slice(scale, 1, 1, 2));
        return graph.concat(2, graph.op("Sub", median, below), median, graph.op("Add", median, above));
    }

    private Value width(Value raw, Value scale) {
        Value scaled = graph.op("Mul", graph.op("Softplus", raw), scale);
        return graph.op("Min", scaled, graph.scalar(LogRatioArchitecture.MAX_LOG_RATIO));
    }

    private Value afterFirst(Value hourly) {
        return graph.slice(hourly, 1, 1, LOOKBACK + HORIZON);
    }

    /** A dense layer of the network, on [B, units]. */
    protected final Value dense(Value input, String name) {
        return graph.op(
                "Gemm", List.of(input, weight(name + "_weight"), weight(name + "_bias")), Attribute.of("transB", 1));
    }

    /** A tensor of the network. */
    protected final Value weight(String name) {
        Weights.Tensor tensor = weights.get(name);
        return graph.floats(name, tensor.values(), tensor.shape());
    }

    /** The entry of the last hour of [lookback, B, …]. */
    protected final Value last(Value hourly) {
        return graph.gather(hourly, index("last", LAST), 0);
    }

    /**
     * The serving half of {@link HourDecoder}.
     *
     * @param state of the encoder after the last hour, [B, encoded]
     * @param hours as {@link #atLastHour} is given them
     * @param block the name of the decoder, which its tensors' names begin with
     * @return its state after each hour ahead, [horizon, B, hidden]
     */
    protected final Value decoded(Value state, Value hours, String block) {
        Value ahead = graph.transpose(graph.slice(hours, 1, LAST, LAST + HORIZON), 1, 0, 2);
        Value start = graph.op("Tanh", dense(state, block + "_start"));
        return new RecurrentLayers(graph, weights, block + "_gru", RecurrentCell.GRU).states(ahead, start);
    }

    /** A single index, without axes, so that a gather drops its axis. */
    private Value index(String name, long value) {
        return indices.computeIfAbsent(name, unused -> graph.longs("index_" + name, new long[] {value}));
    }

    private Value integer(Value value) {
        return graph.op("Cast", List.of(value), Attribute.of("to", 7)); // TensorProto.DataType.INT64
    }
}
