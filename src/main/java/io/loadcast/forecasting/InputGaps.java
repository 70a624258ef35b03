package io.loadcast.forecasting;

import io.loadcast.domain.ImputationLimits;

/**
 * What a lookback lacks of loads that forecasts can be made from.
 *
 * @param hours of the lookback
 * @param missing of them, those without such a load: not read, or suspect
 * @param suspect of the missing ones, those that were read
 * @param longestRun the most missing hours in a row
 */
record InputGaps(int hours, int missing, int suspect, int longestRun) {

    static InputGaps of(RegionState state, long issueHour) {
        int hours = state.layout().lookbackHours();
        int missing = 0;
        int suspect = 0;
        int run = 0;
        int longestRun = 0;
        for (long hour = issueHour - hours + 1; hour <= issueHour; hour++) {
            if (Float.isNaN(state.ring().inputMw(hour))) {
                missing++;
                suspect += state.ring().isRead(hour) ? 1 : 0;
                longestRun = Math.max(longestRun, ++run);
            } else {
                run = 0;
            }
        }
        return new InputGaps(hours, missing, suspect, longestRun);
    }

    /** What a forecast says whose missing hours are imputed. */
    String imputed() {
        return missing + " of " + hours + " hours imputed" + ofThemSuspect();
    }

    private String ofThemSuspect() {
        return suspect == 0 ? "" : ", " + suspect + " of them suspect";
    }

    String warmingUp() {
        return "warming up: " + (hours - missing + suspect) + " of " + hours + " hours read" + ofThemSuspect();
    }

    /** Why the model cannot forecast a region that it has forecast before. */
    String tooLong(ImputationLimits limits) {
        String what = suspect == 0 ? "missing" : "missing or suspect";
        if (longestRun > limits.maxRunHours()) {
            return longestRun + " hours in a row " + what + ", at most " + limits.maxRunHours() + " are imputed";
        }
        if (missing > limits.maxHours(hours)) {
            return missing + " of " + hours + " hours " + what + ", at most " + limits.maxHours(hours) + " are imputed";
        }
        return "the oldest of " + hours + " hours is " + what + ", and nothing before it is known";
    }
}
