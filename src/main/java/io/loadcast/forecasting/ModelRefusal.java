package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import org.jspecify.annotations.Nullable;

/**
 * A model that was assigned is refused, or no longer is.
 *
 * @param isRefused whether it was refused; else another assignment has taken its place, or it could be loaded after all
 * @param region whose model it was to be; null if that of all regions without one of their own
 * @param role {@code champion} or {@code challenger}
 * @param model which: name, version, checksum; only the checksum is known of one that was never described
 * @param reason why it was refused, also once it no longer is
 * @param inForce the champion that forecasts there now: name, version, checksum
 */
public record ModelRefusal(
        boolean isRefused, @Nullable Region region, String role, ModelId model, String reason, ModelId inForce) {}
