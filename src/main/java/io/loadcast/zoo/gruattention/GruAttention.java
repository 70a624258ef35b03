package io.loadcast.zoo.gruattention;

import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Weights;
import io.loadcast.zoo.logratio.LogRatioArchitecture;

/**
 * The architecture {@code gru-attention}: a small recurrent network with attention between the features x of the hours and the
 * vector z of an anchor a, as {@link LogRatioArchitecture} calls them:
 *
 * <pre>
 *   s = GRU(ReLU(causal Conv1d(x)))                 Cho et al. 2014
 *   c = softmax(s_a·W · sᵀ / √hidden) · s           Vaswani et al. 2017, one head, hours ≤ a
 *   z_a = [s_a, c]
 * </pre>
 *
 * It knows regions, by which its median is calibrated after descent ({@link io.loadcast.zoo.CalibratedMedian}).
 */
public final class GruAttention extends LogRatioArchitecture {
    private static final int KERNEL = 5;

    private final Size size;
    private final int regions;

    /** @param chosen state and layers of the GRU, and dropout */
    public GruAttention(Sizes chosen) {
        this(chosen, 0);
    }

    private GruAttention(Sizes chosen, int regions) {
        super("gru-attention", Sizes.of(96, 1, 0.3), chosen);
        this.regions = regions;
        size = new Size((hidden() + 1) / 2, KERNEL, hidden(), layers());
    }

    @Override
    public Network newNetwork() {
        return new GruAttentionNetwork(size, sizes(), regions);
    }

    @Override
    public int knownRegions() {
        return regions;
    }

    @Override
    public Architecture knowing(int known) {
        return new GruAttention(sizes(), known);
    }

    @Override
    public OnnxModel toOnnx(Weights weights) {
        return new GruAttentionGraph(name(), size, weights).build();
    }
}
