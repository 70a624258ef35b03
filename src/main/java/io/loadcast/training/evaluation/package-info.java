/** How well models and baselines forecast hours that no training has seen, by one protocol for all of them. */
@NullMarked
package io.loadcast.training.evaluation;

import org.jspecify.annotations.NullMarked;
