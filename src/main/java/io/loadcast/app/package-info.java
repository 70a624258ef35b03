/** The composition root: configuration, the beans that Micronaut puts together, and the life cycle of a running loadcast. */
@NullMarked
package io.loadcast.app;

import org.jspecify.annotations.NullMarked;
