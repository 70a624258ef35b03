/**
 * What must come out of loadcast, written a second time from {@code docs/topics.md}: plainly, one reading at a time, with maps and lists, and
 * without a class of the program's own rules. Random readings go through both, and both have to say the same.
 */
package io.loadcast.reference;
