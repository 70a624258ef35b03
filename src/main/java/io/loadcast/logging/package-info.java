/** How log lines look: one event is one line, in words or as JSON, whatever is in its text. */
@NullMarked
package io.loadcast.logging;

import org.jspecify.annotations.NullMarked;
