/**
 * The architectures {@code seq2seq} and {@code seq2seq-attention}: a GRU over the hours seen hands its state to a GRU over the
 * hours ahead, which in the second looks back over the first one's states.
 */
@NullMarked
package io.loadcast.zoo.seq2seq;

import org.jspecify.annotations.NullMarked;
