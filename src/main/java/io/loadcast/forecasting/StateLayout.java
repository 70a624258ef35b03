package io.loadcast.forecasting;

import io.loadcast.domain.LookbackWindow;

/**
 * Where what lies in a packed {@link RegionState}, in bytes, big-endian:
 *
 * <pre>
 * header   format (1) · lookback (2) · backlog (2) · scored leads (4) · newest reading hour (4) · newest forecast hour (4)
 *          · first hour scored (4) · hour of the held reading (4) · its load (4) · forecasts issued at the newest forecast hour (2)
 *          · flags (1) · hour at which the feed-gap alert was raised (4)
 * ring     [context + lookback + backlog] load in MW as float32, NaN where missing, negative (also −0) where it is kept out of the
 *          model's input; hour h lies at slot h mod length
 * points   for each scored lead time, [lead] p10, p50, p90 as float32, NaN where none; what was issued at hour h lies at slot h mod
 *          lead, until its hour comes and the next one takes the place
 * scores   for each scored lead time, [24 h, 168 h, all] sMAPE (8) · baseline's sMAPE (8) · count (2; of all 4) · inside (2; of all 4)
 * </pre>
 *
 * With a lookback of 90, a backlog of 24 and the lead times 1 and 24 these are 1,020 bytes. sMAPE sums are whole millionths of a
 * percent: adding and later subtracting a term leaves nothing behind, so a running score never drifts and a replay reaches the same
 * figures bit for bit. {@link StateFormat2} reads what the version before wrote.
 */
public final class StateLayout {
    static final byte FORMAT = 3;

    static final int FORMAT_AT = 0;
    static final int LOOKBACK_AT = 1;
    static final int BACKLOG_AT = 3;
    static final int SCORED_LEADS_AT = 5;
    static final int NEWEST_READING_AT = 9;
    static final int NEWEST_FORECAST_AT = 13;
    static final int FIRST_SCORED_AT = 17;
    static final int HELD_HOUR_AT = 21;
    static final int HELD_MW_AT = 25;
    static final int ISSUED_AT = 29;
    static final int FLAGS_AT = 31;
    static final int GAP_RAISED_AT = 32;
    static final int RING_AT = 36;

    static final int POINT_BYTES = 3 * Float.BYTES;

    // Within a running score.
    static final int SMAPE = 0;
    static final int BASELINE_SMAPE = SMAPE + Long.BYTES;
    static final int COUNT = BASELINE_SMAPE + Long.BYTES;

    private static final int BOUNDED_BYTES = COUNT + 2 * Short.BYTES;
    private static final int ALL_BYTES = COUNT + 2 * Integer.BYTES;
    private static final int LEAD_BYTES = (ScoreWindow.COUNT - 1) * BOUNDED_BYTES + ALL_BYTES;

    private final int lookbackHours;
    private final int backlogHours;
    private final ScoredLeads scoredLeads;
    private final int[] leads;
    private final int[] pointsAt;
    private final int scoresAt;

    /**
     * @param lookbackHours hours that the model sees
     * @param backlogHours hours that may arrive before the first of them is forecast
     * @param scoredLeads lead times at which forecasts are scored
     * @throws IllegalArgumentException if a length is not in 1 … 32767
     */
    public StateLayout(int lookbackHours, int backlogHours, ScoredLeads scoredLeads) {
        requireShort("lookback", lookbackHours);
        requireShort("backlog", backlogHours);
        this.lookbackHours = lookbackHours;
        this.backlogHours = backlogHours;
        this.scoredLeads = scoredLeads;
        this.leads = scoredLeads.hours();
        this.pointsAt = new int[leads.length];
        int at = RING_AT + ringHours() * Float.BYTES;
        for (int i = 0; i < leads.length; i++) {
            pointsAt[i] = at;
            at += leads[i] * POINT_BYTES;
        }
        this.scoresAt = at;
    }

    /** The layout that serves a model; lead times beyond its horizon are not scored. */
    public static StateLayout of(ModelManifest manifest, int backlogHours, ScoredLeads scoredLeads) {
        return new StateLayout(manifest.lookbackHours(), backlogHours, scoredLeads.within(manifest.horizonHours()));
    }

    /**
     * Checks that a model can forecast from states of this layout, and that its forecasts can be scored in them.
     *
     * @throws UnfitModelException if it looks back another number of hours, or less far ahead than forecasts are scored
     */
    public void requireServes(ModelManifest manifest) {
        if (manifest.lookbackHours() != lookbackHours) {
            throw new UnfitModelException("model '" + manifest.name() + "' looks back " + manifest.lookbackHours()
                    + " hours; states here hold " + lookbackHours
                    + ". Start another application with --model for such a model");
        }
        if (manifest.horizonHours() < longestLeadHours()) {
            throw new UnfitModelException("model '" + manifest.name() + "' looks " + manifest.horizonHours()
                    + " hours ahead; forecasts are scored " + longestLeadHours()
                    + " hours ahead here. Lower loadcast.accuracy.lead-hours, or assign a model that looks as far");
        }
    }

    private static void requireShort(String field, int hours) {
        if (hours < 1 || hours > Short.MAX_VALUE) {
            throw new IllegalArgumentException(field + " of " + hours + " hours is not in 1 … " + Short.MAX_VALUE);
        }
    }

    public int lookbackHours() {
        return lookbackHours;
    }

    public int backlogHours() {
        return backlogHours;
    }

    public ScoredLeads scoredLeads() {
        return scoredLeads;
    }

    /** How many lead times are scored. Below, a lead time is told by its index among them. */
    int leads() {
        return leads.length;
    }

    int leadHours(int lead) {
        return leads[lead];
    }

    /** How long a forecast waits for the last hour that is scored; 0 if none is. */
    int longestLeadHours() {
        return leads.length == 0 ? 0 : leads[leads.length - 1];
    }

    int ringHours() {
        return LookbackWindow.CONTEXT_HOURS + lookbackHours + backlogHours;
    }

    int ringAt(long hour) {
        return RING_AT + Float.BYTES * Math.floorMod(hour, ringHours());
    }

    /** Where the hour before lies, or the one after. */
    int ringBefore(int at) {
        return at == RING_AT ? pointsAt() - Float.BYTES : at - Float.BYTES;
    }

    int ringAfter(int at) {
        int next = at + Float.BYTES;
        return next == pointsAt() ? RING_AT : next;
    }

    /** Hours that the ring holds for certain up to an hour that is due, however many have come since. */
    int certainHours() {
        return ringHours() - backlogHours;
    }

    int pointsAt() {
        return RING_AT + ringHours() * Float.BYTES;
    }

    int pointAt(long issueHour, int lead) {
        return pointsAt[lead] + POINT_BYTES * Math.floorMod(issueHour, leads[lead]);
    }

    int scoresAt() {
        return scoresAt;
    }

    int scoreAt(int lead, ScoreWindow window) {
        return scoresAt + lead * LEAD_BYTES + window.ordinal() * BOUNDED_BYTES;
    }

    /** How many bytes a state takes. */
    public int bytes() {
        return scoresAt + leads.length * LEAD_BYTES;
    }
}
