/**
 * Training: from hourly series to a checked model file. {@link io.loadcast.training.Trainer} fits a network of the zoo,
 * {@link io.loadcast.training.ModelExport} turns it into a file and proves that the file computes the same.
 */
@NullMarked
package io.loadcast.training;

import org.jspecify.annotations.NullMarked;
