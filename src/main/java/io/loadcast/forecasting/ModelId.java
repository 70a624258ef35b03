package io.loadcast.forecasting;

/**
 * Which model made a forecast.
 *
 * @param name the manifest's name
 * @param version the manifest's version
 * @param sha256 lower-case hexadecimal SHA-256 of the model file
 */
public record ModelId(String name, String version, String sha256) {}
