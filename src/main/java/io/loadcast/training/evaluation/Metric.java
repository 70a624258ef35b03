package io.loadcast.training.evaluation;

/**
 * A figure of merit, at one lead time of one region. With <em>a</em> the actual loads and <em>f</em> the medians that were
 * forecast for them, all in MW, and means over the hours scored. A mean over the regions counts each region the same.
 */
public enum Metric {
    /** sMAPE as {@link io.loadcast.domain.Smape} defines it, percent. */
    SMAPE("smape_pct", "sMAPE, %", false),
    /** {@code 100 · mean(|a − f| / a)} percent; an hour with a = 0 has no such term and is left out. */
    MAPE("mape_pct", "MAPE, %", false),
    /** {@code mean(|a − f|)}, MW. */
    MAE("mae_mw", "MAE, MW", false),
    /** {@code √mean((a − f)²)}, MW. */
    RMSE("rmse_mw", "RMSE, MW", false),
    /**
     * MAE divided by the region's {@link InSampleError}; below 1 it is better than repeating the day before used to be (Hyndman
     * and Koehler, "Another look at measures of forecast accuracy", 2006).
     */
    MASE("mase", "MASE", false),
    /**
     * {@code mean(max(p · (a − q), (p − 1) · (a − q)))} over the hours and over the model's quantiles, <em>q</em> being what it
     * forecast for the level <em>p</em>; MW (Koenker and Bassett, "Regression Quantiles", 1978).
     */
    PINBALL("pinball_mw", "pinball loss, MW", true),
    /** Share of loads inside [p10, p90], percent; nominal is 80. */
    COVERAGE("coverage_pct", "coverage of [p10, p90], %", true),
    /** {@code mean(p90 − p10)}, MW: of two forecasts that cover as much, the narrower is the better. */
    WIDTH("width_mw", "width of [p10, p90], MW", true);

    private final String key;
    private final String label;
    private final boolean ofQuantiles;

    Metric(String key, String label, boolean ofQuantiles) {
        this.key = key;
        this.label = label;
        this.ofQuantiles = ofQuantiles;
    }

    /** The name in JSON. */
    public String key() {
        return key;
    }

    /** The name for people, with the unit. */
    public String label() {
        return label;
    }

    /** Whether it takes quantiles, so that a forecast of medians only has none. */
    public boolean isOfQuantiles() {
        return ofQuantiles;
    }
}
