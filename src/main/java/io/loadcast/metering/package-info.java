/**
 * From meters to regions: meter readings of any cadence are summed by region and hour, and each hour goes out as a reading once it
 * is complete enough. Pure Java, in event time; the states lie behind a port.
 */
@NullMarked
package io.loadcast.metering;

import org.jspecify.annotations.NullMarked;
