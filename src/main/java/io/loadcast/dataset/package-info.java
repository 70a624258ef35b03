/**
 * Hourly load histories as files hold them: CSV in any time zone becomes gap-aware series on a regular UTC grid. Bottom of
 * the data side: knows neither Kafka nor models.
 */
@NullMarked
package io.loadcast.dataset;

import org.jspecify.annotations.NullMarked;
