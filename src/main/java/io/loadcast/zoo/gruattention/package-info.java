/** The architecture {@code gru-attention}: causal convolution, GRU, attention and a linear short cut. */
@NullMarked
package io.loadcast.zoo.gruattention;

import org.jspecify.annotations.NullMarked;
