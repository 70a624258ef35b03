package io.loadcast.zoo.gruattention;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.loadcast.zoo.Network;
import org.junit.jupiter.api.Test;

class GruAttentionTest {

    @Test
    void tensorsKeepTheNamesThatCheckpointsHold() {
        Network network = GruAttention.standard().newNetwork();

        try (NDManager manager = NDManager.newBaseManager()) {
            network.initialize(manager, DataType.FLOAT32, new Shape(1, 90), new Shape(1, 114, 3));

            assertThat(network.weights().tensors())
                    .containsOnlyKeys(
                            "hour_embedding",
                            "linear_weights",
                            "linear_bias",
                            "conv_weight",
                            "conv_bias",
                            "gru_l_0_i2h_WEIGHT",
                            "gru_l_0_h2h_WEIGHT",
                            "gru_l_0_i2h_BIAS",
                            "gru_l_0_h2h_BIAS",
                            "query_weight",
                            "dense_weight",
                            "dense_bias",
                            "out_weight",
                            "out_bias");
        }
    }
}
