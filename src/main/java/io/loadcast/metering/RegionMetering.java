package io.loadcast.metering;

import io.loadcast.domain.Meter;
import io.loadcast.domain.MeterReading;
import io.loadcast.domain.MeteringInterval;
import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One meter reading's way into its region's state, and what comes of it. Made for one reading.
 *
 * <p>Implementation notes. A closed hour is <em>looked at</em> to see whether it is complete enough and what its load is. When that is
 * done decides how often an hour is revised, so it hangs on events of which there are few: an hour closes; the last known meter of an
 * hour completes it; a quarter of the known meters has completed a closed hour since it was looked at. What changes in between
 * waits for the next hour to close.
 */
final class RegionMetering {
    private static final long MILLIWATT_HOURS_PER_WATT_HOUR = 1000;

    private final Region region;
    private final MeteringRules rules;
    private final MeteringStates states;
    private final MeteringOutputs outputs;
    private MeteringClock clock;

    RegionMetering(Region region, MeteringRules rules, MeteringStates states, MeteringOutputs outputs) {
        this.region = region;
        this.rules = rules;
        this.states = states;
        this.outputs = outputs;
        this.clock = states.clock(region);
    }

    MeterReadingOutcome take(MeterReading reading) {
        MeteringInterval interval = reading.interval();
        if (isTooLate(interval.firstHour())) {
            return MeterReadingOutcome.TOO_LATE;
        }
        List<MeterHour> before = touched(reading);
        MeterReadingOutcome outcome = outcome(reading, before);
        if (outcome.isRefused() || outcome == MeterReadingOutcome.DUPLICATE) {
            return outcome;
        }
        MeteringClock clockBefore = clock;
        count(reading, before);
        if (!clock.equals(clockBefore)) {
            states.put(region, clock);
        }
        return outcome;
    }

    private void count(MeterReading reading, List<MeterHour> before) {
        MeteringInterval interval = reading.interval();
        KnownMeter knownBefore = states.meter(region, reading.meter());
        KnownMeter known = knownBefore == null ? learned(interval) : knownBefore.seenIn(interval.firstHour());
        List<MeteredHour> completed = new ArrayList<>(2);
        for (int i = 0; i < before.size(); i++) {
            long hour = interval.firstHour() + i;
            MeterHour now = before.get(i).with(interval, reading.energyMilliwattHours());
            states.put(region, hour, reading.meter(), now);
            MeteredHour metered = states.hour(region, hour).with(before.get(i), now);
            states.put(region, metered);
            known = known.weighedBy(hour, now);
            if (now.isComplete() && !before.get(i).isComplete()) {
                completed.add(metered);
            }
        }
        long reachedBefore = known.reachedHour();
        known = reaching(known, rules.reachedHour(interval.endMinute()));
        if (!known.equals(knownBefore)) {
            states.put(region, reading.meter(), known);
        }
        for (MeteredHour hour : completed) {
            afterCompletion(hour, known);
        }
        if (known.reachedHour() > reachedBefore) {
            closeHours();
        }
    }

    private boolean isTooLate(long hour) {
        return hour <= clock.closedHour() - rules.keepHours();
    }

    private List<MeterHour> touched(MeterReading reading) {
        MeteringInterval interval = reading.interval();
        MeterHour first = states.meterHour(region, interval.firstHour(), reading.meter());
        return interval.lastHour() == interval.firstHour()
                ? List.of(first)
                : List.of(first, states.meterHour(region, interval.lastHour(), reading.meter()));
    }

    private MeterReadingOutcome outcome(MeterReading reading, List<MeterHour> touched) {
        MeteringInterval interval = reading.interval();
        OptionalLong known = touched.get(0).energyOf(interval);
        if (known.isPresent()) {
            return known.getAsLong() == reading.energyMilliwattHours()
                    ? MeterReadingOutcome.DUPLICATE
                    : MeterReadingOutcome.CORRECTION;
        }
        if (touched.stream().anyMatch(hour -> hour.hasOverlap(interval))) {
            return MeterReadingOutcome.OVERLAPPING;
        }
        return interval.firstHour() <= clock.closedHour() ? MeterReadingOutcome.LATE : MeterReadingOutcome.ACCEPTED;
    }

    private KnownMeter learned(MeteringInterval interval) {
        clock = clock.withKnown(1);
        outputs.learned();
        return KnownMeter.since(interval.firstHour());
    }

    /** Moves the meter among those that have passed the grace of an hour; only hours that have not closed matter. */
    private KnownMeter reaching(KnownMeter known, long reached) {
        if (reached <= known.reachedHour()) {
            return known;
        }
        if (reached > clock.closedHour()) {
            if (known.reachedHour() > clock.closedHour()) {
                states.put(region, states.hour(region, known.reachedHour()).withReached(-1));
            } else {
                clock = clock.withAhead(1);
            }
            states.put(region, states.hour(region, reached).withReached(1));
        }
        return known.reaching(reached);
    }

    /**
     * A meter has completed this hour. New meters appear one by one: the hour in which one is new waits for its turn, or each of them
     * would revise it. So the first hours of a region wait too.
     */
    private void afterCompletion(MeteredHour hour, KnownMeter meter) {
        boolean byAll = hour.complete() == clock.knownMeters()
                && meter.firstHour() < hour.hour()
                && clock.hasClosedAny()
                && (hour.hour() <= clock.closedHour() || isDone(hour.hour() - 1));
        boolean byMany = hour.hour() <= clock.closedHour()
                && hour.complete() - hour.completeWhenLooked() >= MeteringRules.step(clock.knownMeters());
        if (byAll || byMany) {
            lookAt(hour.hour());
            lookAhead(hour.hour() + 1);
        }
    }

    private boolean isDone(long hour) {
        return hour <= clock.closedHour() || states.hour(region, hour).isPublished();
    }

    /** Hours go out in order: one that was complete before the hour before it has its turn now. */
    private void lookAhead(long from) {
        for (long next = Math.max(from, clock.closedHour() + 1); ; next++) {
            MeteredHour hour = states.hour(region, next);
            if (!hour.hasMeters() || hour.isPublished() || hour.complete() < clock.knownMeters() || !isDone(next - 1)) {
                return;
            }
            lookAt(next);
        }
    }

    private void closeHours() {
        while (clock.ahead() >= MeteringRules.quorum(clock.knownMeters())) {
            MeteredHour next = nextToClose();
            if (next == null) {
                return;
            }
            purge();
            if (next.complete() < clock.knownMeters()) {
                forgetTheSilent();
            }
            for (MeteredHour hour : states.hours(region, oldestKept(), clock.closedHour())) {
                if (hour.changed()) {
                    lookAt(hour.hour());
                }
            }
            lookAhead(clock.closedHour() + 1);
        }
    }

    /** Closes the next hour of which something was metered, if enough meters have passed its grace; null if not. */
    private @Nullable MeteredHour nextToClose() {
        int ahead = clock.ahead();
        for (MeteredHour hour : states.hours(region, clock.closedHour() + 1, Long.MAX_VALUE)) {
            if (ahead < MeteringRules.quorum(clock.knownMeters())) {
                return null;
            }
            ahead -= hour.reached();
            if (hour.hasMeters()) {
                clock = clock.closed(hour.hour(), ahead);
                return hour;
            }
        }
        return null;
    }

    private long oldestKept() {
        return Math.max(0, clock.closedHour() - rules.keepHours() + 1);
    }

    private void purge() {
        for (MeteredHour hour : states.hours(region, 0, oldestKept() - 1)) {
            if (hour.hasMeters() && !hour.isPublished()) {
                outputs.abandoned(region, hour.hour());
            }
            states.removeHour(region, hour.hour());
        }
    }

    private void lookAt(long which) {
        MeteredHour hour = states.hour(region, which);
        HourEstimate estimate = hour.complete() == clock.knownMeters()
                ? new HourEstimate(hour.energy(), 1, true)
                : HourEstimate.of(hour, region, states, rules);
        boolean enough = rules.missing() == MissingMeters.WAIT
                ? estimate.complete()
                : estimate.completeness() >= rules.minCompleteness();
        long watts =
                Math.floorDiv(estimate.energy() + MILLIWATT_HOURS_PER_WATT_HOUR / 2, MILLIWATT_HOURS_PER_WATT_HOUR);
        MeteredHour looked = hour.looked();
        if (enough && watts != hour.publishedWatts()) {
            outputs.publish(new MeteredLoad(
                    region, which, watts, hour.revisions(), estimate.complete(), estimate.completeness()));
            looked = looked.published(watts);
        } else if (!enough && !hour.wasLookedAt()) {
            outputs.awaited(region, which);
        }
        states.put(region, looked);
    }

    private void forgetTheSilent() {
        List<Meter> silent = new ArrayList<>();
        states.forEachMeter(region, (meter, known) -> {
            if (known.reachedHour() + rules.forgetHours() < clock.closedHour()) {
                silent.add(meter);
            }
        });
        for (Meter meter : silent) {
            states.forget(region, meter);
            clock = clock.withKnown(-1);
            outputs.forgotten();
        }
    }
}
