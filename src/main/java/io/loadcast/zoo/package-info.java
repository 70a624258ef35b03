/**
 * The architectures that can be trained and served, each in a package of its own that holds the two halves which must agree:
 * the trainable network (DJL) and the ONNX graph with the same arithmetic. {@link io.loadcast.zoo.Zoo} lists them.
 */
@NullMarked
package io.loadcast.zoo;

import org.jspecify.annotations.NullMarked;
