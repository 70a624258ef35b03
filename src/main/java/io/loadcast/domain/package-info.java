/**
 * The words of load forecasting as value types: regions, readings, hours, quantiles, the lookback window, calendar
 * features and error metrics. Depends on nothing but the JDK.
 */
@NullMarked
package io.loadcast.domain;

import org.jspecify.annotations.NullMarked;
