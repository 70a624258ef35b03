/**
 * The topology over a topic of the past: what a replay is to take is fixed at its start, kept on a topic so that it can go on where it
 * was stopped, and read back as digests, a summary, and forecasts to be scored.
 */
@NullMarked
package io.loadcast.replay;

import org.jspecify.annotations.NullMarked;
