/**
 * ONNX Runtime behind the port {@link io.loadcast.forecasting.ForecastEngine}: opens model files, refuses those that do not
 * fit, and runs batches on a CPU or a CUDA device.
 */
@NullMarked
package io.loadcast.inference;

import org.jspecify.annotations.NullMarked;
