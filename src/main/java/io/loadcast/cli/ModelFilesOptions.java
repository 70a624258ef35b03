package io.loadcast.cli;

import io.loadcast.inference.ModelFile;
import io.loadcast.training.evaluation.ProtocolEvaluation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that take any number of models. */
final class ModelFilesOptions {
    private static final Path SHIPPED = Path.of("shipped");

    @Option(
            names = "--model",
            split = ",",
            paramLabel = "FILE",
            description = "Model files to score on the same hours (default: the model in the program).")
    private List<Path> models = List.of();

    @Option(
            names = "--model-dir",
            paramLabel = "DIR",
            description = "Score all model files (*.onnx) of this directory, after those that --model names.")
    private @Nullable Path directory;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Further model files; 'shipped' is the model in the program.")
    private List<Path> further = List.of();

    /**
     * A model.
     *
     * @param path where it was read, or null if it is the shipped one
     */
    record Chosen(ModelFile file, @Nullable Path path) {}

    /** By the name that reports give them: the model's own, and if it is not the only one of that name, what tells its file apart. */
    Map<String, Chosen> read() {
        if (models.isEmpty() && further.isEmpty() && directory == null) {
            ModelFile shipped = ModelFile.shipped();
            return Map.of(shipped.manifest().name(), new Chosen(shipped, null));
        }
        Map<Path, ModelFile> files = new LinkedHashMap<>();
        List<Path> paths = new ArrayList<>(models);
        paths.addAll(further);
        if (directory != null) {
            paths.addAll(filesOf(directory));
        }
        paths.forEach(path -> files.computeIfAbsent(path.normalize(), ModelFilesOptions::read));
        List<String> names =
                files.values().stream().map(file -> file.manifest().name()).toList();
        List<Path> fileNames = files.keySet().stream().map(Path::getFileName).toList();
        Map<String, Chosen> named = new LinkedHashMap<>();
        files.forEach((path, file) -> {
            String name = file.manifest().name();
            Path apart = Collections.frequency(fileNames, path.getFileName()) == 1 ? path.getFileName() : path;
            boolean alone = Collections.frequency(names, name) == 1 && !ProtocolEvaluation.isBaseline(name);
            named.put(alone ? name : name + " (" + apart + ")", new Chosen(file, path.equals(SHIPPED) ? null : path));
        });
        return named;
    }

    private static ModelFile read(Path path) {
        return path.equals(SHIPPED) ? ModelFile.shipped() : ModelFile.read(path);
    }

    private static List<Path> filesOf(Path directory) {
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory + "; give a directory of model files", e);
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(
                    "no file in " + directory + " ends in .onnx; give a directory of model files");
        }
        return files;
    }
}
