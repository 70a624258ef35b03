package io.loadcast.faults;

import java.util.List;

/**
 * How the records of an output topic compare with those of an undisturbed run.
 *
 * @param expected what the undisturbed run committed
 * @param committed what was committed under faults
 * @param missing expected and not there
 * @param doubled there more than once: each time but the first
 * @param outOfOrder after a later one of the same series; a double counts here too if others lie in between
 * @param unexpected there, and not expected
 * @param wrong there, with other values
 * @param examples of what is wrong, some
 */
record Tally(
        long expected,
        long committed,
        long missing,
        long doubled,
        long outOfOrder,
        long unexpected,
        long wrong,
        List<String> examples) {

    boolean isExactlyOnce() {
        return expected == committed && missing + doubled + outOfOrder + unexpected + wrong == 0;
    }
}
