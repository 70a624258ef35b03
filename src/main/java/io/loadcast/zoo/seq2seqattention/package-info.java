/** The architecture {@code seq2seq-attention}: an encoder and a decoder, each of whose states looks back over the encoder's. */
@NullMarked
package io.loadcast.zoo.seq2seqattention;

import org.jspecify.annotations.NullMarked;
