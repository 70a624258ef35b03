/**
 * Models that change while the program runs: the catalogue of those that were published and of what they are assigned to, which is kept
 * in a topic, and the road from there to the engines in force.
 */
@NullMarked
package io.loadcast.models;

import org.jspecify.annotations.NullMarked;
