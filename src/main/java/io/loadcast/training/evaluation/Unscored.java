package io.loadcast.training.evaluation;

/**
 * A baseline that could not be had.
 *
 * @param name the baseline's key
 * @param reason why not, for people
 */
public record Unscored(String name, String reason) {}
