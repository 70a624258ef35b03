/** The architecture {@code sru}: simple recurrent units on the features of the hours. */
@NullMarked
package io.loadcast.zoo.sru;

import org.jspecify.annotations.NullMarked;
