package io.loadcast.zoo.transformer;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.FIRST_ANCHOR;
import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.logratio.LogRatioNetwork;
import io.loadcast.zoo.logratio.StepFeatures;
import java.util.List;
import java.util.stream.IntStream;

/** The trainable half of {@link Transformer}; formulas there. */
final class TransformerNetwork extends LogRatioNetwork {
    private final Width width;
    private final Linear embedding;
    private final List<EncoderLayer> layers;
    private final LayerNorm norm;

    TransformerNetwork(Width width, int layerCount, Sizes sizes) {
        super(width.numbers(), sizes);
        this.width = width;
        embedding = addChildBlock(
                "embedding", Linear.builder().setUnits(width.numbers()).build());
        layers = IntStream.range(0, layerCount)
                .mapToObj(i -> addChildBlock(Transformer.layer(i), new EncoderLayer(width)))
                .toList();
        norm = addChildBlock("norm", LayerNorm.builder().axis(2).build());
    }

    @Override
    protected void initializeOwnBlocks(NDManager manager, DataType type) {
        Shape encoded = new Shape(1, LOOKBACK, width.numbers());
        embedding.initialize(manager, type, new Shape(1, LOOKBACK, StepFeatures.COUNT));
        layers.forEach(layer -> layer.initialize(manager, type, encoded));
        norm.initialize(manager, type, encoded);
    }

    @Override
    protected NDArray atAnchors(ParameterStore store, NDArray features, NDArray calendar, boolean training) {
        NDArray positions = features.getManager().create(width.positions(), new Shape(1, LOOKBACK, width.numbers()));
        NDArray encoded = run(embedding, store, features, training).add(positions);
        for (EncoderLayer layer : layers) {
            encoded = run(layer, store, encoded, training);
        }
        return run(norm, store, encoded.get(":, " + FIRST_ANCHOR + ":, :"), training);
    }
}
