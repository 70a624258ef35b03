/**
 * The architectures that can be trained and served, each in a package of its own that holds the two halves which must agree:
 * the trainable network (DJL) and the ONNX graph with the same arithmetic. What several share is in packages beside them: {@code
 * logratio}, {@code recurrent}. {@link io.loadcast.zoo.Zoo} lists them.
 */
@NullMarked
package io.loadcast.zoo;

import org.jspecify.annotations.NullMarked;
