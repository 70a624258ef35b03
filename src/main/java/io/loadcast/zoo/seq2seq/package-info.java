/** The architecture {@code seq2seq}: a GRU over the hours seen hands its state to a GRU over the hours ahead. */
@NullMarked
package io.loadcast.zoo.seq2seq;

import org.jspecify.annotations.NullMarked;
