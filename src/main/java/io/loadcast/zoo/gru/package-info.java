/** The architecture {@code gru}: a GRU on the features of the hours. */
@NullMarked
package io.loadcast.zoo.gru;

import org.jspecify.annotations.NullMarked;
