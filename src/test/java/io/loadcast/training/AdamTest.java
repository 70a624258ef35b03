package io.loadcast.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Zoo;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdamTest {
    private final NDManager manager = NDManager.newBaseManager();
    private final Network network = network();
    private final Parameter bias = network.namedParameters().get("linear_bias");
    private final Adam adam = adam();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void firstStepMovesEachWeightByTheLearningRateAgainstItsGradient() {
        // given
        backward(3);

        // when
        adam.step(0.01f, manager);

        // then
        float moved = 0.01f * network.learningRateFactor("linear_bias");
        for (float weight : bias.getArray().toFloatArray()) {
            assertThat(weight).isCloseTo(-moved, within(1e-3f * moved));
        }
        assertThat(bias.getArray().getGradient().toFloatArray()).containsOnly(0);
        assertThat(adam.steps()).isEqualTo(1);
    }

    @Test
    void gradientThatIsNotFiniteMovesNothing() {
        // given
        backward(Float.NaN);

        // when
        adam.step(0.01f, manager);

        // then
        assertThat(bias.getArray().toFloatArray()).containsOnly(0);
        assertThat(bias.getArray().getGradient().toFloatArray()).containsOnly(0);
        assertThat(adam.leftOut()).isEqualTo(1);
        assertThat(adam.steps()).isZero();
    }

    @Test
    void givesUpAfterSeveralInARow() {
        for (int i = 0; i < 4; i++) {
            backward(Float.POSITIVE_INFINITY);
            adam.step(0.01f, manager);
        }
        backward(Float.POSITIVE_INFINITY);

        assertThatThrownBy(() -> adam.step(0.01f, manager))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("diverged");
    }

    /** Gives each entry of the bias this gradient, and all other weights none. */
    private void backward(float gradient) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray loss = manager.create(0f);
            for (Map.Entry<String, Parameter> entry : network.namedParameters().entrySet()) {
                if (!network.learns(entry.getKey())) {
                    continue;
                }
                Parameter parameter = entry.getValue();
                float factor = parameter.equals(bias) ? gradient : 0;
                loss = loss.add(parameter.getArray().mul(factor).sum());
            }
            collector.backward(loss);
        }
    }

    private Network network() {
        return Zoo.named("gru-attention").newNetwork(manager);
    }

    private Adam adam() {
        JniUtils.setGradMode(false);
        return new Adam(network, 0.1, 1);
    }
}
