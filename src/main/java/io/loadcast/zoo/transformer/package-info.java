/** The architecture {@code transformer}: self-attention over the features of the hours. */
@NullMarked
package io.loadcast.zoo.transformer;

import org.jspecify.annotations.NullMarked;
