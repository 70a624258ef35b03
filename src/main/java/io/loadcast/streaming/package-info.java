/**
 * The road through Kafka: the topology, its processor and stores, and the form of every record that goes in or out.
 */
@NullMarked
package io.loadcast.streaming;

import org.jspecify.annotations.NullMarked;
