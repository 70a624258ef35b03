package io.loadcast.view;

import java.util.Map;

/**
 * One hour of a region's history.
 *
 * @param hour since 1970
 * @param loadMw what was read; NaN if nothing was
 * @param forecasts what was forecast for it, p10, p50 and p90 in MW, by lead time in hours
 */
public record HistoryHour(long hour, double loadMw, Map<Integer, float[]> forecasts) {}
