import ai.djl.ndarray.NDManager;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.inference.ModelFile;
import io.loadcast.training.ModelExport;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Sizes;
import io.loadcast.zoo.Zoo;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the models that are measured into a folder: the shipped one, and a GRU of 2 layers of 256 with random weights. */
final class MakeModels {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (InputStream shipped = ModelFile.class.getResourceAsStream(ModelFile.SHIPPED)) {
            Files.write(folder.resolve("shipped.onnx"), shipped.readAllBytes());
        }
        Architecture gru = Zoo.named("gru", Sizes.of(256, 2, 0.1));
        ModelManifest manifest = new ModelManifest(
                "gru-256x2", "1", gru.name(), gru.lookbackHours(), gru.horizonHours(), gru.quantiles(),
                gru.calendarFeatures(), Map.of(), Map.of());
        try (NDManager manager = NDManager.newBaseManager()) {
            Files.write(
                    folder.resolve("gru-256x2.onnx"),
                    ModelExport.toBytes(gru, gru.newNetwork(manager).weights(), manifest));
        }
    }
}
