/** The architectures {@code gru} and {@code lstm}: recurrent layers over the hours, which differ in their cell. */
@NullMarked
package io.loadcast.zoo.recurrent;

import org.jspecify.annotations.NullMarked;
