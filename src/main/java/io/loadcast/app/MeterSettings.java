package io.loadcast.app;

import io.loadcast.metering.MeteringRules;
import io.loadcast.metering.MissingMeters;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The {@code loadcast.meters.*} settings.
 *
 * @param enabled whether meter readings are summed to readings
 * @param grace how far past its end a region's event time has to be for an hour to close
 * @param missing {@code scale} or {@code wait}: what is done about meters that are missing then
 * @param minCompleteness the share of a region's known meters, by weight, without which an hour is not published
 * @param keepHours how many closed hours can still be revised
 * @param forgetAfter how long a meter may be silent and still is known
 */
@ConfigurationProperties("loadcast.meters")
public record MeterSettings(
        @Bindable(defaultValue = "false") boolean enabled,
        @Bindable(defaultValue = "15m") Duration grace,
        @Bindable(defaultValue = "scale") String missing,
        @Bindable(defaultValue = "0.8") double minCompleteness,
        @Bindable(defaultValue = "72") int keepHours,
        @Bindable(defaultValue = "7d") Duration forgetAfter) {

    /** @throws IllegalArgumentException if one of them is out of range */
    MeteringRules rules() {
        MissingMeters policy = switch (missing) {
            case "scale" -> MissingMeters.SCALE;
            case "wait" -> MissingMeters.WAIT;
            default ->
                throw new IllegalArgumentException(
                        "setting loadcast.meters.missing is '" + missing + "'; scale or wait");
        };
        try {
            return new MeteringRules(grace, policy, minCompleteness, keepHours, forgetAfter);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("setting loadcast.meters." + e.getMessage(), e);
        }
    }
}
