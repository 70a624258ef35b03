package io.loadcast.metering;

import io.loadcast.domain.Meter;
import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an hour would be if all meters that are expected in it had come.
 *
 * <p>The weight of a meter in an hour is its energy in its newest complete hour before that one; one that has none weighs as much as
 * the mean of the others. So it depends on what was metered, not on the order in which it came.
 *
 * @param energy in mWh
 * @param completeness the share of the meters, by weight, that has come; those that came for a part of the hour count with that part
 * @param complete whether all have come for the whole hour
 */
record HourEstimate(long energy, double completeness, boolean complete) {
    private static final double HOUR_MINUTES = 60;

    /** A meter that is expected, with its weight, −1 where it is unknown, and the share of the hour that it has come for. */
    private record Expected(long weight, double share) {}

    /** Looks at all meters of the region. */
    static HourEstimate of(MeteredHour hour, Region region, MeteringStates states, MeteringRules rules) {
        Map<Meter, MeterHour> now = states.meterHours(region, hour.hour());
        Weights weights =
                new Weights(region, hour.hour(), states.meterHours(region, hour.hour() - 1), states, rules.keepHours());
        List<Expected> expected = new ArrayList<>(now.size());
        states.forEachMeter(region, (meter, known) -> {
            MeterHour measured = now.getOrDefault(meter, MeterHour.empty(hour.hour()));
            if (!measured.isEmpty() || known.isExpectedIn(hour.hour(), rules.forgetHours())) {
                expected.add(new Expected(weights.of(meter, known), measured.meteredMinutes() / HOUR_MINUTES));
            }
        });
        return of(hour, expected);
    }

    /** @param before what was metered in the hour before, where most weights are found */
    private record Weights(
            Region region, long hour, Map<Meter, MeterHour> before, MeteringStates states, int keepHours) {

        /** −1 if the meter has no complete hour before this one. */
        long of(Meter meter, KnownMeter known) {
            if (known.weightHour() < hour) {
                return known.weightHour() < 0 ? -1 : known.weight();
            }
            // The meter is further than this hour: look back.
            MeterHour measured = before.getOrDefault(meter, MeterHour.empty(hour - 1));
            long earlier = hour - 1;
            while (!measured.isComplete() && --earlier >= Math.max(known.firstHour(), hour - keepHours)) {
                measured = states.meterHour(region, earlier, meter);
            }
            return measured.isComplete() ? measured.energy() : -1;
        }
    }

    private static HourEstimate of(MeteredHour hour, List<Expected> expected) {
        double knownSum = 0;
        int known = 0;
        for (Expected one : expected) {
            if (one.weight() >= 0) {
                knownSum += one.weight();
                known++;
            }
        }
        // Where nobody weighs anything, all weigh the same.
        double mean = known == 0 || knownSum == 0 ? 1 : knownSum / known;
        double all = 0;
        double come = 0;
        double shares = 0;
        boolean complete = true;
        for (Expected one : expected) {
            double weight = one.weight() < 0 || knownSum == 0 ? mean : one.weight();
            all += weight;
            come += one.share() > 0 ? weight : 0;
            shares += weight * one.share();
            complete &= one.share() == 1;
        }
        if (complete || come == 0) {
            return new HourEstimate(hour.energy(), complete ? 1 : 0, complete);
        }
        long energy = come == all ? hour.energy() : Math.round(hour.energy() * (all / come));
        return new HourEstimate(energy, shares / all, false);
    }
}
