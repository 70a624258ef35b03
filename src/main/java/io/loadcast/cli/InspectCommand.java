package io.loadcast.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.domain.Extremes;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.inference.ManifestJson;
import io.loadcast.inference.ModelFile;
import io.loadcast.onnxgraph.TensorSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inspect}: what a model file says of itself, after it has passed the checks that serving makes. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Checks a model file as serving does, and prints its manifest, shapes, size and checksum.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed", "2:wrong usage"})
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "Model file to look at (default: the model in the program).")
    private @Nullable Path model;

    @Option(names = "--json", description = "Print one JSON document (default: lines for people).")
    private boolean json;

    @Override
    public Integer call() {
        ModelFile file = model == null ? ModelFile.shipped() : ModelFile.read(model);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(file).toPrettyString());
        } else {
            print(file, out);
        }
        out.flush();
        return 0;
    }

    private static ObjectNode toJson(ModelFile file) {
        ObjectNode json = ManifestJson.toJson(file.manifest()).objectNode();
        json.put("sha256", file.id().sha256());
        json.put("size_bytes", file.sizeBytes());
        json.put("parameters", file.parameters());
        addTensors(json.putArray("inputs"), file.inputs());
        addTensors(json.putArray("outputs"), file.outputs());
        json.set("manifest", ManifestJson.toJson(file.manifest()));
        return json;
    }

    private static void addTensors(ArrayNode array, List<TensorSpec> tensors) {
        for (TensorSpec tensor : tensors) {
            ObjectNode json = array.addObject();
            json.put("name", tensor.name());
            ArrayNode shape = json.putArray("shape");
            tensor.shape().forEach(length -> {
                if (length == TensorSpec.ANY) {
                    shape.add("batch");
                } else {
                    shape.add(length);
                }
            });
        }
    }

    private static void print(ModelFile file, PrintWriter out) {
        ModelManifest manifest = file.manifest();
        line(out, "model", manifest.name() + " " + manifest.version() + " (" + manifest.architecture() + ")");
        line(out, "sha256", file.id().sha256());
        line(out, "size", String.format(Locale.ROOT, "%,d bytes, %,d constants", file.sizeBytes(), file.parameters()));
        file.inputs().forEach(tensor -> line(out, "input", tensor.toString()));
        file.outputs().forEach(tensor -> line(out, "output", tensor.toString()));
        line(out, "lookback", manifest.lookbackHours() + " h");
        line(out, "horizon", manifest.horizonHours() + " h");
        line(
                out,
                "quantiles",
                join(manifest.quantiles().stream()
                        .map(quantile -> quantile.probability())
                        .toList()));
        line(
                out,
                "calendar",
                join(manifest.calendarFeatures().stream()
                        .map(feature -> feature.key())
                        .toList()));
        if (!manifest.knownRegions().isEmpty()) {
            line(out, "knows", join(manifest.knownRegions().regions()) + "; and forecasts any other region");
        }
        printScales(manifest, out);
        out.println("training");
        table(out, new TreeMap<>(manifest.training()), value -> value);
        out.println("scores");
        table(out, new TreeMap<>(manifest.scores()), score -> String.format(Locale.ROOT, "%.4f", score));
    }

    /** Of each input, its smallest and largest number that training saw; nothing if the model takes no scales. */
    private static void printScales(ModelManifest manifest, PrintWriter out) {
        if (!manifest.scaledByRegion()) {
            return;
        }
        out.println("regions, by the smallest and largest number of each input");
        table(out, new TreeMap<>(manifest.regionScales()), scale -> {
            StringBuilder text = new StringBuilder("load_mw " + range(scale.load()));
            for (int f = 0; f < scale.calendar().size(); f++) {
                text.append(", ")
                        .append(manifest.calendarFeatures().get(f).key())
                        .append(' ')
                        .append(range(scale.calendar().get(f)));
            }
            return text.toString();
        });
    }

    private static String range(Extremes extremes) {
        return String.format(Locale.ROOT, "%.0f … %.0f", extremes.min(), extremes.max());
    }

    private static void line(PrintWriter out, String key, String value) {
        out.printf("%-12s %s%n", key, value);
    }

    /** As many columns for the keys as the longest has. */
    private static <K, T> void table(PrintWriter out, SortedMap<K, T> entries, Function<T, String> text) {
        int width = entries.keySet().stream()
                .mapToInt(key -> key.toString().length())
                .max()
                .orElse(0);
        entries.forEach((key, value) ->
                out.println("  " + key + " ".repeat(width - key.toString().length()) + "  " + text.apply(value)));
    }

    private static String join(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
