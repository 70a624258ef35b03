package io.loadcast.faults;

import io.loadcast.app.EngineDecoration;
import io.loadcast.forecasting.ForecastEngine;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Puts the {@link ObservedEngine} around the engine of an application that is started with {@value #PROBE}. */
@Singleton
@Requires(property = EngineObservation.PROBE)
final class EngineObservation implements EngineDecoration {
    /** The file of the {@link EngineProbe}. */
    static final String PROBE = "micronaut.faults.probe";

    private final EngineProbe probe;

    EngineObservation(@Property(name = PROBE) String file) {
        this.probe = EngineProbe.map(Path.of(file));
    }

    @Override
    public ForecastEngine around(ForecastEngine engine) {
        return new ObservedEngine(engine, probe);
    }
}
