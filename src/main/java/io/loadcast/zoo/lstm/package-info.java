/** The architecture {@code lstm}: an LSTM on the features of the hours. */
@NullMarked
package io.loadcast.zoo.lstm;

import org.jspecify.annotations.NullMarked;
