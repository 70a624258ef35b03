package io.loadcast.metering;

import io.loadcast.domain.Region;

/**
 * An hour of a region that its meters say, on its way to become a reading.
 *
 * @param watts the mean power over the hour
 * @param revision how often the hour was published before
 * @param complete whether all meters were there for the whole hour; else it was scaled
 * @param completeness the share of the known meters, by weight, that was there
 */
public record MeteredLoad(Region region, long hour, long watts, int revision, boolean complete, double completeness) {}
