package io.loadcast.training;

import io.loadcast.onnxgraph.Sha256;
import io.loadcast.zoo.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a training run needs to go on between two steps; its file ends with the SHA-256 of what is before. The randomness of a
 * step follows from the seed, the epoch's number and the step's alone, so those stand for the state of the generator.
 *
 * @param run what the run was told and learns from; a checkpoint of another run does not fit
 * @param position how far it is
 * @param weights there
 * @param averageOrNull of the weights, there; null if the run keeps none, or has not begun
 * @param optimizerOrNull what the optimizer remembers, there; null if the run has not begun
 * @param leadScale per lead time, what the loss is divided by
 * @param best the best epoch so far
 */
@SuppressWarnings("ArrayRecordComponent") // written once, read by index
record Checkpoint(
        String run,
        Position position,
        Weights weights,
        @Nullable Weights averageOrNull,
        Adam.@Nullable State optimizerOrNull,
        float[] leadScale,
        Best best) {
    private static final int MAGIC = 0x4C434B33; // LCK3
    private static final int SEAL_LENGTH = 64;
    private static final String FILE = "checkpoint.bin";

    /**
     * A place between two steps.
     *
     * @param epochs done and validated
     * @param steps done of the epoch after them
     */
    record Position(int epochs, int steps) {}

    /**
     * The epoch with the lowest validation loss.
     *
     * @param epoch from 0, the fit that training starts from
     * @param score its validation scores
     * @param weights after it
     */
    record Best(int epoch, ValidationScore score, Weights weights) {}

    Optional<Weights> averages() {
        return Optional.ofNullable(averageOrNull);
    }

    Optional<Adam.State> optimizer() {
        return Optional.ofNullable(optimizerOrNull);
    }

    /** Replaces the directory's checkpoint; a crash leaves the old or the new one. */
    void write(Path directory) throws IOException {
        WholeFile.write(directory.resolve(FILE), sealed(content()));
    }

    private byte[] content() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeUTF(run);
        out.writeInt(position.epochs());
        out.writeInt(position.steps());
        write(weights, out);
        out.writeBoolean(averageOrNull != null);
        if (averageOrNull != null) {
            write(averageOrNull, out);
        }
        out.writeBoolean(optimizerOrNull != null);
        if (optimizerOrNull != null) {
            write(optimizerOrNull, out);
        }
        write(leadScale, out);
        out.writeInt(best.epoch());
        out.writeDouble(best.score().loss());
        write(best.score().maePct(), out);
        write(best.weights(), out);
        out.flush();
        return bytes.toByteArray();
    }

    /**
     * Makes sure that a new run overwrites nothing.
     *
     * @throws IllegalArgumentException if the directory has a checkpoint
     */
    static void requireNone(Path directory) {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            throw new IllegalArgumentException(file + " is there already; go on with it (--resume), delete it, "
                    + "or choose another directory (--checkpoint)");
        }
    }

    /**
     * The directory's checkpoint, if it has one.
     *
     * @throws IllegalArgumentException if it is not a checkpoint, is damaged, or is one of another run
     */
    static Optional<Checkpoint> read(Path directory, String run) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(unsealed(file)));
        String otherRun = in.readUTF();
        if (!otherRun.equals(run)) {
            throw new IllegalArgumentException(file + " belongs to another run (" + otherRun + "), not to this one ("
                    + run + "); resume with its data and settings, choose another directory (--checkpoint), "
                    + "or train without --resume and --checkpoint");
        }
        Position position = new Position(in.readInt(), in.readInt());
        Weights weights = readWeights(in);
        Weights averages = in.readBoolean() ? readWeights(in) : null;
        Adam.State optimizer = in.readBoolean() ? readOptimizer(in) : null;
        float[] leadScale = readFloats(in);
        Best best = new Best(in.readInt(), new ValidationScore(in.readDouble(), readFloats(in)), readWeights(in));
        return Optional.of(new Checkpoint(run, position, weights, averages, optimizer, leadScale, best));
    }

    private static byte[] sealed(byte[] content) {
        byte[] sealed = Arrays.copyOf(content, content.length + SEAL_LENGTH);
        System.arraycopy(seal(content), 0, sealed, content.length, SEAL_LENGTH);
        return sealed;
    }

    /** What follows the magic number, once the seal has shown that every length in it can be trusted. */
    private static byte[] unsealed(Path file) throws IOException {
        byte[] sealed = Files.readAllBytes(file);
        if (sealed.length < Integer.BYTES || ByteBuffer.wrap(sealed).getInt() != MAGIC) {
            throw new IllegalArgumentException("checkpoint " + file + " is damaged, or of another version of loadcast; "
                    + "delete it or choose another directory (--checkpoint)");
        }
        byte[] content = Arrays.copyOf(sealed, Math.max(0, sealed.length - SEAL_LENGTH));
        byte[] seal = Arrays.copyOfRange(sealed, content.length, sealed.length);
        if (!Arrays.equals(seal, seal(content))) {
            throw new IllegalArgumentException("checkpoint " + file
                    + " is damaged; delete it and train anew, or choose another directory (--checkpoint)");
        }
        return Arrays.copyOfRange(content, Integer.BYTES, content.length);
    }

    private static byte[] seal(byte[] content) {
        return Sha256.hex(content).getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(Adam.State optimizer, DataOutputStream out) throws IOException {
        out.writeLong(optimizer.steps());
        out.writeLong(optimizer.leftOut());
        out.writeInt(optimizer.leftOutInARow());
        write(optimizer.means(), out);
        write(optimizer.variances(), out);
    }

    private static Adam.State readOptimizer(DataInputStream in) throws IOException {
        return new Adam.State(in.readLong(), in.readLong(), in.readInt(), readWeights(in), readWeights(in));
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
