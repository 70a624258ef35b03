/**
 * The use case, free of Kafka and of any inference library: readings go into the states of their regions and
 * make hours due; scores and forecasts of what is due come out, in batches. The ports
 * {@link io.loadcast.forecasting.ForecastEngine} and {@link io.loadcast.forecasting.ModelManifest} are what an inference engine
 * implements; {@link io.loadcast.forecasting.RegionStates}, {@link io.loadcast.forecasting.ScoreHistory} and
 * {@link io.loadcast.forecasting.ForecastOutputs} what a stream task does.
 */
@NullMarked
package io.loadcast.forecasting;

import org.jspecify.annotations.NullMarked;
