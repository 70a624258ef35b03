/** The architecture {@code gru}: gated recurrent units over the hours. */
@NullMarked
package io.loadcast.zoo.gru;

import org.jspecify.annotations.NullMarked;
