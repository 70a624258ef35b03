package io.loadcast.cli;

import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.GoldenInference;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.inference.ServingEngine;
import io.loadcast.models.ModelDescriptor;
import io.loadcast.models.ModelDownload;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model file that instances will take, as far as can be told without them: whether it fits their states, only they know.
 *
 * @param uri where they fetch it; null if from the topic
 */
record PublishableModel(ModelFile file, @Nullable URI uri) {

    /**
     * Reads and tries it.
     *
     * @throws ForecastEngineException if it cannot be served, or another file lies at the URI
     */
    static PublishableModel read(Path path, @Nullable URI uri) {
        ModelFile file = ModelFile.read(path);
        ForecastBatch.requireServable(file.manifest());
        try (ForecastEngine engine = OnnxForecastEngine.open(file, new EngineOptions(Device.CPU, 1))) {
            GoldenInference.require(engine, ServingEngine.CPU_WINDOWS);
        }
        if (uri != null) {
            requireSame(uri, file);
        }
        return new PublishableModel(file, uri);
    }

    private static void requireSame(URI uri, ModelFile file) {
        String found = ModelFile.sha256(ModelDownload.of(uri, file.sizeBytes()));
        if (!found.equals(file.id().sha256())) {
            throw new ForecastEngineException("model at " + uri + ": has the checksum " + found + ", not "
                    + file.id().sha256() + "; put the same file there");
        }
    }

    ModelDescriptor descriptor(Instant publishedTime) {
        return new ModelDescriptor(
                file.id(),
                file.manifest().architecture(),
                file.manifest().lookbackHours(),
                file.manifest().horizonHours(),
                file.sizeBytes(),
                uri,
                publishedTime);
    }

    /** What to tell of a model that only some instances may take. */
    Optional<String> anotherLookback() {
        int own = file.manifest().lookbackHours();
        int shipped = ModelFile.shipped().manifest().lookbackHours();
        return own == shipped
                ? Optional.empty()
                : Optional.of(file.manifest().name() + "@" + file.manifest().version() + " looks back " + own
                        + " hours, the shipped model " + shipped
                        + ": only instances that were started with a model of as many hours will take it");
    }
}
