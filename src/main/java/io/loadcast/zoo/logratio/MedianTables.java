package io.loadcast.zoo.logratio;

import static io.loadcast.zoo.LinearForecast.HOURS_OF_WEEK;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.ANCHORS;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.loadcast.zoo.CalibratedMedian;
import io.loadcast.zoo.Network;

/**
 * The trainable half's {@link CalibratedMedian}; formulas there. {@code forward} takes the median at the anchors [B, anchors,
 * horizon], the log-loads [B, lookback], the number of each window's region [B, 1], and the hour of the week of the first hour
 * after each anchor [B, anchors], and gives the calibrated median.
 */
final class MedianTables extends AbstractBlock implements CalibratedMedian {
    /** What begins the names of its tensors in a network. */
    static final String NAME = "median";

    static final String REGION_BIAS = NAME + "_region_bias";
    static final String DAY_SHARE = NAME + "_day_share";

    private final Parameter regionBias;
    private final Parameter dayShare;

    /** @param knownRegions how many regions the network knows */
    MedianTables(int knownRegions) {
        regionBias = zeros("region_bias", new Shape((knownRegions + 1L) * HOURS_OF_WEEK, HORIZON));
        dayShare = zeros("day_share", new Shape(HORIZON));
    }

    private Parameter zeros(String name, Shape shape) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optShape(shape)
                .optInitializer(Initializer.ZEROS)
                .optRequiresGrad(false)
                .build());
    }

    @Override
    public void setRegionBias(float[] bias) {
        Network.overwrite(regionBias, bias, REGION_BIAS);
    }

    @Override
    public void setDayShare(float[] share) {
        Network.overwrite(dayShare, share, DAY_SHARE);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
        NDArray logLoad = inputs.get(1);
        NDArray rows =
                inputs.get(2).toType(DataType.INT64, false).mul(HOURS_OF_WEEK).add(inputs.get(3));
        NDArray median = inputs.head().add(LogRatioNetwork.embed(store, regionBias, rows, training));
        NDArray lastDay = WindowNumbers.lagged(logLoad, FIRST_ANCHOR - HORIZON, ANCHORS, HORIZON, 1)
                .sub(WindowNumbers.anchors(logLoad).expandDims(2));
        NDArray share = store.getValue(dayShare, logLoad.getDevice(), training);
        return new NDList(median.add(lastDay.sub(median).mul(share)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {inputs[0]};
    }
}
