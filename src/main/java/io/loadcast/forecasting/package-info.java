/**
 * The use case, free of Kafka and of any inference library: a region's state and a reading go in; a new state, the hours
 * that became due, forecasts and scores come out. The ports {@link io.loadcast.forecasting.ForecastEngine} and
 * {@link io.loadcast.forecasting.ModelManifest} are what an inference engine implements.
 */
@NullMarked
package io.loadcast.forecasting;

import org.jspecify.annotations.NullMarked;
