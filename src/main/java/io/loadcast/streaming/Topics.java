package io.loadcast.streaming;

import java.util.List;

/**
 * The names of the topics that loadcast reads and writes.
 *
 * @param readings loads as they are read: the input
 * @param forecasts one record per region and issue time
 * @param accuracy one record per region, valid time and lead time, when the actual load arrives
 * @param alerts what somebody should know of, and that it is over
 * @param deadLetters input that is not a valid reading or meter reading, byte for byte, with the reason in its headers
 * @param meterReadings what single meters have measured, to be summed to readings where that is switched on
 * @param models the models that were published, and which of them forecasts which regions
 */
public record Topics(
        String readings,
        String forecasts,
        String accuracy,
        String alerts,
        String deadLetters,
        String meterReadings,
        String models) {
    public static final Topics DEFAULT = new Topics(
            "loadcast.readings.v1",
            "loadcast.forecasts.v1",
            "loadcast.accuracy.v1",
            "loadcast.alerts.v1",
            "loadcast.dead-letters.v1",
            "loadcast.meter-readings.v1",
            "loadcast.models.v1");

    /**
     * Those that a state is made from.
     *
     * @param meters whether meters are summed
     */
    public List<String> inputs(boolean meters) {
        return meters ? List.of(readings, meterReadings) : List.of(readings);
    }

    /** Those that are made from the inputs alone. */
    public List<String> outputs() {
        return List.of(forecasts, accuracy, alerts, deadLetters);
    }

    /** All of them, the input first. */
    public List<String> names() {
        return List.of(readings, forecasts, accuracy, alerts, deadLetters, meterReadings, models);
    }
}
