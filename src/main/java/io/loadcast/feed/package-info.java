/**
 * Readings on their way into Kafka: histories from files or from a synthetic grid are merged into one stream in time order
 * and published at a chosen speed.
 */
@NullMarked
package io.loadcast.feed;

import org.jspecify.annotations.NullMarked;
