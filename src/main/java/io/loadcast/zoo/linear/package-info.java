/** The architecture {@code linear}: the linear forecast of log-ratios that the others correct, on its own. */
@NullMarked
package io.loadcast.zoo.linear;

import org.jspecify.annotations.NullMarked;
