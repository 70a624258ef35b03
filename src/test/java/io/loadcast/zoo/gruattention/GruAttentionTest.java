package io.loadcast.zoo.gruattention;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Sizes;
import org.junit.jupiter.api.Test;

class GruAttentionTest {

    @Test
    void tensorsKeepTheNamesThatCheckpointsHold() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Network network = new GruAttention(Sizes.NONE).newNetwork(manager);

            assertThat(network.weights().tensors())
                    .containsOnlyKeys(
                            "hour_embedding",
                            "linear_weights",
                            "linear_bias",
                            "interval_scale",
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
