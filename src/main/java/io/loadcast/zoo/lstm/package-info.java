/** The architecture {@code lstm}: long short-term memory over the hours. */
@NullMarked
package io.loadcast.zoo.lstm;

import org.jspecify.annotations.NullMarked;
