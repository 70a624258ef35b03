/** The architecture {@code article-lstm}: the LSTM network of the article that this project started from. */
@NullMarked
package io.loadcast.zoo.articlelstm;

import org.jspecify.annotations.NullMarked;
