/**
 * What the topics tell of every region, kept in bounded memory: for whoever looks at the grid, and on any instance. It reads what is
 * committed, on a thread of its own, and decides nothing.
 */
@NullMarked
package io.loadcast.view;

import org.jspecify.annotations.NullMarked;
