/** The architecture {@code seq2seq-attention}: a {@code seq2seq} whose decoder looks back over the encoder's states. */
@NullMarked
package io.loadcast.zoo.seq2seqattention;

import org.jspecify.annotations.NullMarked;
