package io.loadcast.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a model was trained, in a file of its own beside it: the same command must give the same model file, whatever the time
 * it took.
 */
public final class TrainingTime {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECONDS = "training_seconds";

    private TrainingTime() {}

    /** Where it stands: {@code gru.onnx.training.json} of {@code gru.onnx}. */
    public static Path fileOf(Path model) {
        return model.resolveSibling(model.getFileName() + ".training.json");
    }

    /** Writes it beside the model. */
    public static void write(Path model, Duration took) throws IOException {
        String json =
                JSON.createObjectNode().put(SECONDS, took.toMillis() / 1000.0).toString();
        WholeFile.write(fileOf(model), json.getBytes(StandardCharsets.UTF_8));
    }

    /** What stands beside the model, in seconds; empty if there is nothing, or nothing that says it. */
    public static Optional<Double> secondsOf(Path model) {
        Path file = fileOf(model);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode seconds = JSON.readTree(Files.readAllBytes(file)).path(SECONDS);
            return seconds.isNumber() ? Optional.of(seconds.doubleValue()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
