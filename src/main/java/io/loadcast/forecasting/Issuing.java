package io.loadcast.forecasting;

import io.loadcast.domain.Region;

/**
 * Gives out the forecast of a due hour once the model has run: the model's, or that of the ladder below it and why, or that there
 * is none; and raises and clears the alert of a feed with too long a gap. Not thread-safe: each task has its own.
 */
final class Issuing {
    private final ForecastBatch batch;
    private final ForecastOutputs outputs;

    Issuing(ForecastBatch batch, ForecastOutputs outputs) {
        this.batch = batch;
        this.outputs = outputs;
    }

    /** @param state of the hour's region, changed to what it is once the hour is settled */
    void settle(DueHour due, RegionState state) {
        Forecast forecast = due.forecast();
        if (forecast == null) {
            settleWithoutModel(due, state);
        } else {
            issue(forecast, state, true);
            endGap(due, state);
        }
    }

    private void settleWithoutModel(DueHour due, RegionState state) {
        FallbackCause cause = FallbackCause.of(due, state, batch.forecasts(due.region()));
        ForecastInput input = cause == FallbackCause.NOT_FINITE
                ? batch.inputWithoutModel(due.region(), state, due.profile(), due.hour())
                : due.input();
        InputGaps gaps = InputGaps.of(state, due.hour());
        String reason = reason(cause, due.region(), gaps);
        boolean isFallback = input instanceof ForecastInput.OfFallback;
        if (input instanceof ForecastInput.OfFallback fallback) {
            issue(Fallback.forecast(due, fallback.choice(), batch.model(due.region()), cause, reason), state, false);
        } else {
            outputs.withheld(due.region(), state.modelHasForecast() ? Withheld.LONG_GAP : Withheld.WARMING_UP);
        }
        if (cause == FallbackCause.LONG_GAP) {
            beginGap(due, state, gaps, reason, isFallback);
        }
    }

    private String reason(FallbackCause cause, Region region, InputGaps gaps) {
        return switch (cause) {
            case WARMING_UP -> gaps.warmingUp();
            case LONG_GAP -> gaps.tooLong(batch.limits());
            case UNKNOWN_REGION -> "model " + batch.model(region).name() + " was not trained on the region";
            case NOT_FINITE -> "the model gave a load that is not finite";
        };
    }

    private void issue(Forecast forecast, RegionState state, boolean byModel) {
        state.keep(forecast);
        state.countIssued(byModel);
        outputs.forecast(forecast);
    }

    /** A re-issue raises nothing: an alert is of its hour, once; the next hour raises it if there is still too little. */
    private void beginGap(DueHour due, RegionState state, InputGaps gaps, String reason, boolean isFallback) {
        if (state.gapRaisedHour() == null && !due.isReissue()) {
            state.gapRaisedIs(due.hour());
            outputs.alert(FeedGap.raised(due.region(), due.hour(), gaps, reason, isFallback));
        }
    }

    private void endGap(DueHour due, RegionState state) {
        Long raisedHour = state.gapRaisedHour();
        if (raisedHour != null) {
            state.gapRaisedIs(null);
            outputs.alert(FeedGap.cleared(due.region(), raisedHour, due.hour(), InputGaps.of(state, due.hour())));
        }
    }
}
