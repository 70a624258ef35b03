/** The program's commands, one class each. They parse, call and print; what they print on stdout is the result, all else goes to stderr. */
@NullMarked
package io.loadcast.cli;

import org.jspecify.annotations.NullMarked;
