package io.loadcast.zoo.logratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.loadcast.onnxgraph.GraphBuilder;
import io.loadcast.onnxgraph.Value;
import io.loadcast.zoo.Weights;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recurrent layers of both halves against the formulas as papers write them, in plain Java. */
class RecurrentLayersTest {
    private static final long SEED = 19971115;
    private static final int HOURS = 12;
    private static final int INPUTS = 5;
    private static final int HIDDEN = 7;

    private final Random random = new Random(SEED);
    private final float[] sequence = gaussians(HOURS * INPUTS, 1);

    @BeforeEach
    void printSeed() {
        System.out.println("seed " + SEED);
    }

    @Test
    void gruIsResetGateUpdateGateCandidateAndState() throws OrtException {
        // given
        Weights weights = randomWeights(3);
        Products products = new Products(weights);
        double[] s = new double[HIDDEN];
        double[][] expected = new double[HOURS][];

        // when
        for (int t = 0; t < HOURS; t++) {
            double[] next = new double[HIDDEN];
            for (int j = 0; j < HIDDEN; j++) {
                double reset = sigmoid(products.ofInput(0, j, t) + products.ofState(0, j, s));
                double update = sigmoid(products.ofInput(1, j, t) + products.ofState(1, j, s));
                double candidate = Math.tanh(products.ofInput(2, j, t) + reset * products.ofState(2, j, s));
                next[j] = (1 - update) * candidate + update * s[j];
            }
            s = next;
            expected[t] = s;
        }

        // then
        Block block = RecurrentCell.GRU.block(HIDDEN, 1);
        assertStates(network(block, weights), expected);
        GraphBuilder graph = new GraphBuilder("gru");
        assertStates(
                graph(graph, new RecurrentLayers(graph, weights, "cell", RecurrentCell.GRU).states(hourly(graph))),
                expected);
    }

    @Test
    void lstmIsInputForgetAndOutputGateCandidateMemoryAndState() throws OrtException {
        // given
        Weights weights = randomWeights(4);
        Products products = new Products(weights);
        double[] s = new double[HIDDEN];
        double[] memory = new double[HIDDEN];
        double[][] expected = new double[HOURS][];

        // when
        for (int t = 0; t < HOURS; t++) {
            double[] next = new double[HIDDEN];
            for (int j = 0; j < HIDDEN; j++) {
                double input = sigmoid(products.ofInput(0, j, t) + products.ofState(0, j, s));
                double forget = sigmoid(products.ofInput(1, j, t) + products.ofState(1, j, s));
                double candidate = Math.tanh(products.ofInput(2, j, t) + products.ofState(2, j, s));
                double output = sigmoid(products.ofInput(3, j, t) + products.ofState(3, j, s));
                memory[j] = forget * memory[j] + input * candidate;
                next[j] = output * Math.tanh(memory[j]);
            }
            s = next;
            expected[t] = s;
        }

        // then
        Block block = RecurrentCell.LSTM.block(HIDDEN, 1);
        assertStates(network(block, weights), expected);
        GraphBuilder graph = new GraphBuilder("lstm");
        assertStates(
                graph(graph, new RecurrentLayers(graph, weights, "cell", RecurrentCell.LSTM).states(hourly(graph))),
                expected);
    }

    /** The products of the formulas with their biases: W·x + b and U·s + c, of one gate and one unit. */
    private final class Products {
        private final Weights weights;

        Products(Weights weights) {
            this.weights = weights;
        }

        double ofInput(int gate, int unit, int hour) {
            int row = gate * HIDDEN + unit;
            double sum = weights.get("cell_l_0_i2h_BIAS").values()[row];
            for (int k = 0; k < INPUTS; k++) {
                sum += weights.get("cell_l_0_i2h_WEIGHT").values()[row * INPUTS + k] * sequence[hour * INPUTS + k];
            }
            return sum;
        }

        double ofState(int gate, int unit, double[] state) {
            int row = gate * HIDDEN + unit;
            double sum = weights.get("cell_l_0_h2h_BIAS").values()[row];
            for (int k = 0; k < HIDDEN; k++) {
                sum += weights.get("cell_l_0_h2h_WEIGHT").values()[row * HIDDEN + k] * state[k];
            }
            return sum;
        }
    }

    private float[] network(Block block, Weights weights) {
        try (NDManager manager = NDManager.newBaseManager()) {
            block.initialize(manager, DataType.FLOAT32, new Shape(1, HOURS, INPUTS));
            for (Pair<String, Parameter> parameter : block.getParameters()) {
                NDArray array = parameter.getValue().getArray();
                array.set(weights.get("cell_" + parameter.getKey()).values());
            }
            NDArray input = manager.create(sequence, new Shape(1, HOURS, INPUTS));
            return block.forward(new ParameterStore(manager, false), new NDList(input), false)
                    .head()
                    .toFloatArray();
        }
    }

    private static Value hourly(GraphBuilder graph) {
        return graph.transpose(graph.input("x", HOURS, INPUTS), 1, 0, 2);
    }

    private float[] graph(GraphBuilder graph, Value states) throws OrtException {
        graph.output("y", graph.transpose(states, 1, 0, 2), HOURS, HIDDEN);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(graph.build().toByteArray());
                OnnxTensor input = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(sequence), new long[] {1, HOURS, INPUTS});
                OrtSession.Result result = session.run(Map.of("x", input))) {
            float[] values = new float[HOURS * HIDDEN];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(values);
            return values;
        }
    }

    private static void assertStates(float[] actual, double[][] expected) {
        assertThat(actual).hasSize(HOURS * HIDDEN);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i / HIDDEN][i % HIDDEN], within(1e-6));
        }
    }

    private Weights randomWeights(int gates) {
        int rows = gates * HIDDEN;
        Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("cell_l_0_i2h_WEIGHT", tensor(rows, INPUTS));
        tensors.put("cell_l_0_h2h_WEIGHT", tensor(rows, HIDDEN));
        tensors.put("cell_l_0_i2h_BIAS", tensor(rows));
        tensors.put("cell_l_0_h2h_BIAS", tensor(rows));
        return new Weights(tensors);
    }

    private Weights.Tensor tensor(long... shape) {
        return new Weights.Tensor(gaussians((int) new Shape(shape).size(), 0.5), shape);
    }

    private float[] gaussians(int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
