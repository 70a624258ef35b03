/**
 * The HTTP server's routes: what the view of the topics holds, as JSON and as a stream of events, readings taken and handed on, and
 * the page for people. What an answer looks like when it is no success, and whom the server does not answer, is here too. It knows neither Kafka nor the topology.
 */
@NullMarked
package io.loadcast.http;

import org.jspecify.annotations.NullMarked;
