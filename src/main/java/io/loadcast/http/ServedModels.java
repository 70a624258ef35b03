package io.loadcast.http;

import io.micronaut.core.annotation.Introspected;

/**
 * The models that are served.
 *
 * @param inForce the one that forecasts
 * @param device what it runs on now
 */
@Introspected
public record ServedModels(ModelCard inForce, String device) {}
