/**
 * Exactly-once under faults: brokers and the whole application as child JVMs that are killed, frozen and restarted while readings
 * are in flight, and a verifier that compares what was committed with what an undisturbed run commits.
 */
@NullMarked
package io.loadcast.faults;

import org.jspecify.annotations.NullMarked;
