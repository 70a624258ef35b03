package io.loadcast.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.loadcast.zoo.Network;
import io.loadcast.zoo.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The optimizer AdamW (Kingma and Ba 2015, Loshchilov and Hutter 2019) with the gradient clipped to a greatest norm (Pascanu et
 * al. 2013). Unlike DJL's it lets go of its moments and takes them back, so that an interrupted run can go on as if nothing had
 * happened. Its tensors live as long as the network's.
 */
final class Adam {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final int MAX_LEFT_OUT = 5;

    private final List<Slot> slots = new ArrayList<>();
    private final float weightDecay;
    private final double clipNorm;
    private long steps;
    private long leftOut;
    private int leftOutInARow;

    /** What it keeps of one tensor. */
    private record Slot(
            String name, NDArray weight, float learningRateFactor, boolean decays, NDArray mean, NDArray variance) {}

    /**
     * @param weightDecay see {@link DescentSettings}
     * @param clipNorm see {@link DescentSettings}
     */
    Adam(Network network, double weightDecay, double clipNorm) {
        this.weightDecay = (float) weightDecay;
        this.clipNorm = clipNorm;
        for (Map.Entry<String, Parameter> entry : network.namedParameters().entrySet()) {
            if (!network.learns(entry.getKey())) {
                continue;
            }
            NDArray weight = entry.getValue().getArray();
            weight.setRequiresGradient(true);
            slots.add(new Slot(
                    entry.getKey(),
                    weight,
                    network.learningRateFactor(entry.getKey()),
                    network.decays(entry.getKey()),
                    weight.getManager().zeros(weight.getShape()),
                    weight.getManager().zeros(weight.getShape())));
        }
    }

    /** How many steps it has made. */
    long steps() {
        return steps;
    }

    /** How many batches it has left out so far. */
    long leftOut() {
        return leftOut;
    }

    /**
     * Moves the weights against their gradients and sets the gradients to zero. A gradient that is not finite moves nothing: one
     * such batch in thousands must not cost a run.
     *
     * @param scratch takes what is allocated on the way
     * @throws ArithmeticException if {@value #MAX_LEFT_OUT} gradients in a row are not finite
     */
    void step(float learningRate, NDManager scratch) {
        List<NDArray> gradients = new ArrayList<>();
        double squares = 0;
        for (Slot slot : slots) {
            NDArray gradient = slot.weight().getGradient();
            gradient.attach(scratch);
            gradients.add(gradient);
            squares += gradient.square().sum().getFloat();
        }
        if (!Double.isFinite(squares)) {
            leaveOut(gradients);
            return;
        }
        leftOutInARow = 0;
        steps++;
        float clip = clipNorm == 0 ? 1 : (float) Math.min(1, clipNorm / (Math.sqrt(squares) + 1e-12));
        for (int i = 0; i < slots.size(); i++) {
            update(slots.get(i), gradients.get(i), clip, learningRate, scratch);
        }
    }

    private void leaveOut(List<NDArray> gradients) {
        leftOut++;
        if (++leftOutInARow == MAX_LEFT_OUT) {
            throw new ArithmeticException("training diverged at step " + steps + "; try a lower learning rate");
        }
        for (NDArray gradient : gradients) {
            // Not set(): then the network's gradient would lie on memory that goes with this view of it.
            try (NDArray zeros = gradient.zerosLike()) {
                zeros.copyTo(gradient);
            }
        }
    }

    private void update(Slot slot, NDArray gradient, float clip, float learningRate, NDManager scratch) {
        NDArray clipped = gradient.mul(clip);
        slot.mean().muli(BETA1).addi(clipped.mul(1 - BETA1));
        slot.variance().muli(BETA2).addi(clipped.square().mul(1 - BETA2));
        double rate = learningRate
                * slot.learningRateFactor()
                * Math.sqrt(1 - Math.pow(BETA2, (double) steps))
                / (1 - Math.pow(BETA1, (double) steps));
        NDArray root = slot.variance().sqrt();
        root.attach(scratch);
        NDArray move = root.addi(EPSILON);
        NDArray direction = slot.mean().div(move);
        direction.attach(scratch);
        if (slot.decays()) {
            slot.weight().muli(1 - learningRate * weightDecay);
        }
        slot.weight().subi(direction.muli((float) rate));
        gradient.subi(gradient);
    }

    /** A copy of what it remembers, under the tensors' names. */
    State state() {
        Map<String, Weights.Tensor> means = new LinkedHashMap<>();
        Map<String, Weights.Tensor> variances = new LinkedHashMap<>();
        for (Slot slot : slots) {
            long[] shape = slot.weight().getShape().getShape();
            means.put(slot.name(), new Weights.Tensor(slot.mean().toFloatArray(), shape));
            variances.put(slot.name(), new Weights.Tensor(slot.variance().toFloatArray(), shape));
        }
        return new State(steps, leftOut, leftOutInARow, new Weights(means), new Weights(variances));
    }

    /** Takes it back. */
    void restore(State state) {
        steps = state.steps();
        leftOut = state.leftOut();
        leftOutInARow = state.leftOutInARow();
        for (Slot slot : slots) {
            slot.mean().set(state.means().get(slot.name()).values());
            slot.variance().set(state.variances().get(slot.name()).values());
        }
    }

    /**
     * What it remembers between steps.
     *
     * @param steps taken so far
     * @param leftOut batches left out so far
     * @param leftOutInARow the last of them without a step between
     * @param means running means of the gradients
     * @param variances running means of their squares
     */
    record State(long steps, long leftOut, int leftOutInARow, Weights means, Weights variances) {}
}
