package io.loadcast.http;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.SortedMap;

/**
 * The models that are served.
 *
 * @param inForce the champion: it forecasts all regions that have none of their own
 * @param device what it runs on now
 * @param regions the champions of single regions, by region
 * @param challengers models that run beside the champion without being published
 */
@Introspected
public record ModelList(
        ModelCard inForce, String device, SortedMap<String, ModelCard> regions, List<ModelCard> challengers) {}
