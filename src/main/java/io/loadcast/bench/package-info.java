/**
 * How fast the real serving topology is, and what it costs: a broker and an application, each in a JVM of its own, a driver that
 * feeds them and reads their clocks, and the report.
 */
@NullMarked
package io.loadcast.bench;

import org.jspecify.annotations.NullMarked;
