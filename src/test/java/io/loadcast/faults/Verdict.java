package io.loadcast.faults;

/** How forecasts and scores compare with those of an undisturbed run. */
record Verdict(Tally forecasts, Tally scores) {}
