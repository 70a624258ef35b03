package io.loadcast.streaming;

import io.loadcast.alerting.AlertSettings;
import io.loadcast.forecasting.IntakeRules;
import io.loadcast.forecasting.StateLayout;
import java.time.Duration;
import java.util.Optional;

/**
 * By what readings become forecasts, scores and alerts, the same in every task.
 *
 * @param layout of the region states
 * @param intake by which a reading is judged against its region's state
 * @param scope which readings are taken
 * @param linger how long a task waits for a further reading before it forecasts less than a batch; at least a millisecond
 * @param alerts by which alerts are raised and cleared
 * @param promotion how challengers become champions of regions by themselves; empty if they do not
 */
public record ForecastingSettings(
        StateLayout layout,
        IntakeRules intake,
        ReadingScope scope,
        Duration linger,
        AlertSettings alerts,
        Optional<RegionPromotion> promotion) {}
