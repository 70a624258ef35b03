package io.loadcast.cli;

import io.loadcast.inference.Device;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model to serve, and on what. */
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Model file to serve. Default: the model in the program.")
    private @Nullable String model;

    @Option(
            names = "--device",
            converter = OptionTypes.ToDevice.class,
            paramLabel = "auto|cpu|cuda|cuda:N",
            description = "Where the model runs. auto takes a CUDA GPU if there is one; cuda refuses to start without. "
                    + "Default: auto.")
    private @Nullable Device device;

    /** As settings of the application context; none for what is not given. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        if (model != null) {
            settings.put("loadcast.model", model);
        }
        if (device != null) {
            settings.put("loadcast.device", device.key());
        }
        return settings;
    }
}
