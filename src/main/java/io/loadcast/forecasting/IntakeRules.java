package io.loadcast.forecasting;

/**
 * By what a reading is judged against its region's state.
 *
 * @param maxJumpHours how far ahead of its region's newest reading one may lie that is believed at once; a further one has to be
 *     confirmed by the next
 * @param spikeFactor how many times the median of the loads before it, or what part of it, makes a load suspect
 * @param flatlineHours how many equal hours in a row are suspect
 */
public record IntakeRules(int maxJumpHours, int spikeFactor, int flatlineHours) {
    /** A day; ten times or a tenth; six hours. */
    public static final IntakeRules DEFAULT = new IntakeRules(24, 10, 6);

    /** @throws IllegalArgumentException if a number is too small to mean anything */
    public IntakeRules {
        requireAtLeast("max-jump-hours", maxJumpHours, 1);
        requireAtLeast("suspect.spike-factor", spikeFactor, 2);
        requireAtLeast("suspect.flatline-hours", flatlineHours, 2);
    }

    /**
     * Checks that a state keeps enough hours to judge by.
     *
     * @throws IllegalArgumentException if it does not, so that a flatline would never be told
     */
    public void requireWithin(StateLayout layout) {
        if (flatlineHours > layout.ringHours()) {
            throw new IllegalArgumentException("setting loadcast.suspect.flatline-hours is " + flatlineHours
                    + "; at most " + layout.ringHours() + ", the hours that the state keeps");
        }
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + "; at least " + least);
        }
    }
}
