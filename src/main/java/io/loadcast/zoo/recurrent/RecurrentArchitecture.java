package io.loadcast.zoo.recurrent;

import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioArchitecture;
import io.loadcast.zoo.logratio.RecurrentCell;

/**
 * An architecture of recurrent layers on one another, one unless more are chosen, between the features x of the hours and the vector
 * z of an anchor a, as {@link LogRatioArchitecture} calls them. A subclass says which cell. With s the last layer's states:
 *
 * <pre>
 *   z_a = s_a                                       64 numbers, or as many as are chosen
 * </pre>
 */
public abstract class RecurrentArchitecture extends LogRatioArchitecture {
    private final RecurrentCell cell;

    /** @param chosen size of a state, layers, and dropout */
    protected RecurrentArchitecture(RecurrentCell cell, Sizes chosen) {
        super(cell.key(), Sizes.of(64, 1, DROPOUT), chosen);
        this.cell = cell;
    }

    @Override
    public final Network newNetwork() {
        return new RecurrentNetwork(cell, hidden(), layers(), sizes());
    }

    @Override
    public final OnnxModel toOnnx(Weights weights) {
        return new RecurrentGraph(cell, weights).build();
    }
}
