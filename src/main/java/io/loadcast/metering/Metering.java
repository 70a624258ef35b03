package io.loadcast.metering;

import io.loadcast.domain.MeterReading;

/**
 * The use case: meter readings go in, and hours of regions come out, to become readings.
 *
 * <p>All is in event time: the same meter readings in the same order give the same hours. A meter reading costs the same however many
 * meters its region has; all of them are looked at only when an hour closes, and once for each quarter of them that completes an
 * hour late. For one thread.
 */
public final class Metering {
    private final MeteringRules rules;
    private final MeteringStates states;
    private final MeteringOutputs outputs;

    public Metering(MeteringRules rules, MeteringStates states, MeteringOutputs outputs) {
        this.rules = rules;
        this.states = states;
        this.outputs = outputs;
    }

    /** Takes one meter reading; changes nothing if it is refused. */
    public MeterReadingOutcome take(MeterReading reading) {
        return new RegionMetering(reading.region(), rules, states, outputs).take(reading);
    }
}
