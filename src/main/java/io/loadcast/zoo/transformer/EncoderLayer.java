package io.loadcast.zoo.transformer;

import static io.loadcast.zoo.logratio.LogRatioArchitecture.LOOKBACK;
import static io.loadcast.zoo.logratio.LogRatioNetwork.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.loadcast.zoo.Network;
import java.util.List;

/** One layer of {@link Transformer}, [B, lookback, width] in and out; DJL's own normalises over the batch. */
final class EncoderLayer extends AbstractBlock {
    private final Width width;
    private final LayerNorm attentionNorm;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear attended;
    private final LayerNorm denseNorm;
    private final Linear wide;
    private final Linear narrow;

    EncoderLayer(Width width) {
        this.width = width;
        attentionNorm =
                addChildBlock("attention_norm", LayerNorm.builder().axis(2).build());
        query = dense("query", width.numbers());
        key = dense("key", width.numbers());
        value = dense("value", width.numbers());
        attended = dense("attended", width.numbers());
        denseNorm = addChildBlock("dense_norm", LayerNorm.builder().axis(2).build());
        wide = dense("wide", width.feedForward());
        narrow = dense("narrow", width.numbers());
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        for (Block block : List.of(attentionNorm, query, key, value, attended, denseNorm, wide)) {
            block.initialize(manager, type, inputs[0]);
        }
        narrow.initialize(manager, type, new Shape(1, LOOKBACK, width.feedForward()));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {inputs[0]};
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
        NDArray hours = inputs.head();
        NDArray seen = hours.add(attention(store, run(attentionNorm, store, hours, training), training));
        NDArray inner = Activation.relu(run(wide, store, run(denseNorm, store, seen, training), training));
        return new NDList(seen.add(run(narrow, store, inner, training)));
    }

    private NDArray attention(ParameterStore store, NDArray hours, boolean training) {
        NDArray queries = heads(run(query, store, hours, training));
        NDArray keys = heads(run(key, store, hours, training));
        NDArray values = heads(run(value, store, hours, training));
        NDArray mask = hours.getManager().create(Transformer.causalMask(), new Shape(1, 1, LOOKBACK, LOOKBACK));
        NDArray scores = Network.times(queries.matMul(keys.transpose(0, 1, 3, 2)), width.scoreScale())
                .add(mask);
        NDArray contexts = scores.softmax(3).matMul(values).transpose(0, 2, 1, 3);
        return run(attended, store, contexts.reshape(-1, LOOKBACK, width.numbers()), training);
    }

    /** [B, lookback, width] as [B, heads, lookback, width / heads]. */
    private NDArray heads(NDArray hours) {
        return hours.reshape(-1, LOOKBACK, Transformer.HEADS, width.perHead()).transpose(0, 2, 1, 3);
    }

    private Linear dense(String name, int units) {
        return addChildBlock(name, Linear.builder().setUnits(units).build());
    }
}
