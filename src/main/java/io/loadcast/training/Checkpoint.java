package io.loadcast.training;

import io.loadcast.zoo.Weights;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that a training run needs to go on after an epoch. The randomness of an epoch follows from the seed and the epoch's
 * number alone, so those two stand for the state of the generator.
 *
 * @param run what the run was told; a checkpoint of another run does not fit
 * @param epoch how many epochs are done
 * @param weights after them
 * @param moments the optimizer's, after them
 * @param leadScale per lead time, what the loss is divided by
 * @param best the best epoch so far
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read by index
record Checkpoint(String run, int epoch, Weights weights, Adam.Moments moments, float[] leadScale, Best best) {
    private static final int MAGIC = 0x4C434B31; // LCK1
    private static final String FILE = "checkpoint.bin";

    /**
     * The epoch with the lowest validation loss.
     *
     * @param epoch from 0, the fit that training starts from
     * @param score its validation scores
     * @param weights after it
     */
    record Best(int epoch, ValidationScore score, Weights weights) {}

    /** Replaces the directory's checkpoint; a crash leaves the old or the new one. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path unfinished = directory.resolve(FILE + ".tmp");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
            out.writeInt(MAGIC);
            out.writeUTF(run);
            out.writeInt(epoch);
            write(weights, out);
            out.writeLong(moments.steps());
            write(moments.means(), out);
            write(moments.variances(), out);
            write(leadScale, out);
            out.writeInt(best.epoch());
            out.writeDouble(best.score().loss());
            write(best.score().maePct(), out);
            write(best.weights(), out);
        }
        Files.move(
                unfinished,
                directory.resolve(FILE),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The directory's checkpoint, if it has one.
     *
     * @throws IllegalArgumentException if it is not a checkpoint, or one of another run
     */
    static Optional<Checkpoint> read(Path directory, String run) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC) {
                throw new IllegalArgumentException(
                        file + " is not a checkpoint; delete it or choose another directory");
            }
            String otherRun = in.readUTF();
            if (!otherRun.equals(run)) {
                throw new IllegalArgumentException(file + " belongs to another run (" + otherRun
                        + "), not to this one (" + run + "); resume with its settings, or choose another directory");
            }
            int epoch = in.readInt();
            Weights weights = readWeights(in);
            Adam.Moments moments = new Adam.Moments(in.readLong(), readWeights(in), readWeights(in));
            float[] leadScale = readFloats(in);
            Best best = new Best(in.readInt(), new ValidationScore(in.readDouble(), readFloats(in)), readWeights(in));
            return Optional.of(new Checkpoint(run, epoch, weights, moments, leadScale, best));
        }
    }

    private static void write(Weights weights, DataOutputStream out) throws IOException {
        out.writeInt(weights.tensors().size());
        for (Map.Entry<String, Weights.Tensor> entry : weights.tensors().entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().shape().length);
            for (long length : entry.getValue().shape()) {
                out.writeLong(length);
            }
            write(entry.getValue().values(), out);
        }
    }

    private static Weights readWeights(DataInputStream in) throws IOException {
        Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            long[] shape = new long[in.readInt()];
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = in.readLong();
            }
            tensors.put(name, new Weights.Tensor(readFloats(in), shape));
        }
        return new Weights(tensors);
    }

    private static void write(float[] values, DataOutputStream out) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static float[] readFloats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
