package io.loadcast.zoo.logratio;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.ANCHORS;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.HORIZON;
import static io.loadcast.zoo.logratio.LogRatioNetwork.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A GRU over the hours that an anchor a forecasts, from a state that an encoder's state s gives. It reads the calendar of these
 * hours and none of its own output, so training and serving show it the same:
 *
 * <pre>
 *   d_0 = tanh(W·s_a + b)
 *   d_h = GRU(calendar of a+h, d_(h−1))             h = 1 … 24
 * </pre>
 *
 * {@code forward} takes the encoder's states at the anchors [B, anchors, encoded] and the calendar that {@link LogRatioNetwork}
 * hands over, and gives d as [B, anchors, horizon, hidden]. {@link LogRatioGraph#decoded} is its serving half.
 */
public final class HourDecoder extends AbstractBlock {
    private final int encoded;
    private final int hidden;
    private final Linear start;
    private final RecurrentBlock gru;

    /**
     * @param encoded how many numbers a state of the encoder has
     * @param hidden how many a state of its own has
     */
    public HourDecoder(int encoded, int hidden) {
        this.encoded = encoded;
        this.hidden = hidden;
        start = addChildBlock("start", Linear.builder().setUnits(hidden).build());
        gru = addChildBlock("gru", RecurrentCell.GRU.block(hidden, 1));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        start.initialize(manager, type, new Shape(1, encoded));
        gru.initialize(manager, type, new Shape(1, HORIZON, StepFeatures.CALENDAR));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), ANCHORS, HORIZON, hidden)};
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
        NDArray first = Activation.tanh(run(start, store, inputs.get(0), training));
        NDArray layer = first.reshape(1, -1, hidden);
        NDArray states = gru.forward(store, new NDList(ahead(inputs.get(1)), layer), training)
                .head();
        return new NDList(states.reshape(-1, ANCHORS, HORIZON, hidden));
    }

    /** The calendar of the hours after each anchor, [B · anchors, horizon, numbers]. */
    private static NDArray ahead(NDArray calendar) {
        NDList anchored = new NDList();
        for (int anchor = FIRST_ANCHOR; anchor < FIRST_ANCHOR + ANCHORS; anchor++) {
            anchored.add(calendar.get(":, {}:{}, :", anchor, anchor + HORIZON)); // it begins with hour 1
        }
        return NDArrays.stack(anchored, 1).reshape(-1, HORIZON, StepFeatures.CALENDAR);
    }
}
