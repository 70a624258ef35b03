package io.loadcast.app;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The {@code loadcast.metrics.*} settings.
 *
 * @param regions how many regions have scores of their own among the metrics; each costs about 18 samples
 */
@ConfigurationProperties("loadcast.metrics")
public record MetricsSettings(
        @Bindable(defaultValue = "100") int regions) {

    /** @throws IllegalArgumentException if a number is out of range */
    public MetricsSettings {
        if (regions < 0) {
            throw new IllegalArgumentException("setting loadcast.metrics.regions is " + regions + "; at least 0");
        }
    }
}
