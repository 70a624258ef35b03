/**
 * What the architectures {@code article-gru} and {@code article-lstm} share, which is all but the cell: min-max scaling by region,
 * recurrent layers, and one value from the last state, in both halves.
 */
@NullMarked
package io.loadcast.zoo.article;

import org.jspecify.annotations.NullMarked;
