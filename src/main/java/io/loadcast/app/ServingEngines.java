package io.loadcast.app;

import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.StateLayout;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.GoldenInference;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.ServingEngine;
import io.loadcast.models.ModelOpening;
import io.loadcast.monitoring.MeteredEngine;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How models become engines here: on the device of the settings, within their time bound, and only if they fit the states. The states
 * have the shape of the model that the program is started with, which is opened first. Used by one thread at a time.
 */
@Singleton
final class ServingEngines implements ModelOpening {
    private static final Logger LOG = LoggerFactory.getLogger(ServingEngines.class);

    private final LoadcastSettings settings;
    private final List<EngineDecoration> decorations;
    private final Optional<PrometheusMeterRegistry> metrics;
    private final StateLayout layout;
    private final Set<String> told = new HashSet<>();
    private volatile int windows;

    /** @throws ForecastEngineException if the model that the program is started with cannot be served */
    ServingEngines(
            LoadcastSettings settings,
            ModelFile configured,
            List<EngineDecoration> decorations,
            Optional<PrometheusMeterRegistry> metrics) {
        ForecastBatch.requireServable(configured.manifest()); // refused here, not on a stream thread
        this.settings = settings;
        this.decorations = List.copyOf(decorations);
        this.metrics = metrics;
        this.layout = StateLayout.of(
                configured.manifest(),
                settings.backlogHours(),
                settings.accuracy().scoredLeads());
    }

    /** That of all states. */
    StateLayout layout() {
        return layout;
    }

    /** How many windows one run takes, at most; known once a model is open. */
    int windows() {
        return windows;
    }

    /** Opens the model that the program is started with. */
    ForecastEngine openUntried(ModelFile file) {
        EngineOptions options = new EngineOptions(
                Device.ofKey(settings.device()),
                1,
                Optional.of(settings.forecast().timeout()));
        OptionalInt batchSize =
                settings.forecast().batchSize().map(OptionalInt::of).orElse(OptionalInt.empty());
        ForecastEngine engine = ServingEngine.open(file, options, batchSize);
        if (windows == 0) {
            windows = batchSize.orElseGet(() -> ServingEngine.usualWindows(engine));
        }
        settings.holidaysUnset(file.manifest()).filter(told::add).ifPresent(LOG::warn);
        return decorated(engine);
    }

    private ForecastEngine decorated(ForecastEngine engine) {
        ForecastEngine decorated = engine;
        for (EngineDecoration decoration : decorations) {
            decorated = decoration.around(decorated);
        }
        return metrics.isEmpty() ? decorated : new MeteredEngine(decorated, metrics.get());
    }

    /** Opens a model that takes the place of another, once it has proved that it can. */
    @Override
    public ForecastEngine open(ModelFile file) {
        ForecastBatch.requireServable(file.manifest());
        layout.requireServes(file.manifest());
        ForecastEngine engine = openUntried(file);
        try {
            GoldenInference.require(engine, windows);
            return engine;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }
}
