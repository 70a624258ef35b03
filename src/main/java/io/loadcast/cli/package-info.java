/** The commands of the program: options in, exit codes and messages out. */
@NullMarked
package io.loadcast.cli;

import org.jspecify.annotations.NullMarked;
