/** What the architectures {@code gru} and {@code lstm} share: recurrent layers over the hours, in both halves; they differ in the cell. */
@NullMarked
package io.loadcast.zoo.recurrent;

import org.jspecify.annotations.NullMarked;
