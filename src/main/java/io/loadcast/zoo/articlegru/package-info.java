/** The architecture {@code article-gru}: the GRU network of the article that this project started from. */
@NullMarked
package io.loadcast.zoo.articlegru;

import org.jspecify.annotations.NullMarked;
