/** The public holidays of countries and their parts, from Jollyday's rules. */
@NullMarked
package io.loadcast.holidays;

import org.jspecify.annotations.NullMarked;
