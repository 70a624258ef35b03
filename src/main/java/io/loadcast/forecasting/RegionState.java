package io.loadcast.forecasting;

import static io.loadcast.forecasting.StateLayout.FIRST_SCORED_AT;
import static io.loadcast.forecasting.StateLayout.FLAGS_AT;
import static io.loadcast.forecasting.StateLayout.GAP_RAISED_AT;
import static io.loadcast.forecasting.StateLayout.HELD_HOUR_AT;
import static io.loadcast.forecasting.StateLayout.HELD_MW_AT;
import static io.loadcast.forecasting.StateLayout.ISSUED_AT;
import static io.loadcast.forecasting.StateLayout.NEWEST_FORECAST_AT;
import static io.loadcast.forecasting.StateLayout.NEWEST_READING_AT;

import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.LookbackWindow;
import io.loadcast.domain.Reading;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All that loadcast remembers of one region: the ring of its newest loads, the forecasts that wait for their actuals, and the
 * sums of its running scores. Immutable once it is let go: {@link #with} gives a new state, and the steps of a flush, which are this
 * package's, change a copy of their own. It is a view on one packed array (see {@link StateLayout}), which is what the state store
 * keeps; packing and unpacking cost nothing.
 *
 * <p>Two clocks tell what is due: the hour of the newest reading and the newest hour that was <em>forecast</em> (or whose turn
 * passed without a forecast, for want of input). The hours between are due, whoever asks, whenever: due-ness survives a crash
 * because it is nothing but the state. The newest forecast hour is due once more while a changed input asks for its re-issue.
 *
 * <p>A reading that its region's clock does not speak for is <em>held</em> beside the ring until the next one decides. A load that is
 * {@linkplain Suspicion#isKeptOut clearly wrong} is in the ring as read, and no input of forecasts.
 */
public final class RegionState {
    private static final int NEVER = Integer.MIN_VALUE;
    private static final byte REISSUE_DUE = 1;
    private static final byte MODEL_HAS_FORECAST = 2;

    private final StateLayout layout;
    private final ByteBuffer packed;
    private final LoadRing ring;

    private RegionState(StateLayout layout, ByteBuffer packed) {
        this.layout = layout;
        this.packed = packed;
        this.ring = new LoadRing(layout, packed);
    }

    /** The state of a region that was never read. */
    public static RegionState empty(StateLayout layout) {
        ByteBuffer packed = ByteBuffer.allocate(layout.bytes())
                .put(StateLayout.FORMAT_AT, StateLayout.FORMAT)
                .putShort(StateLayout.LOOKBACK_AT, (short) layout.lookbackHours())
                .putShort(StateLayout.BACKLOG_AT, (short) layout.backlogHours())
                .putInt(StateLayout.SCORED_LEADS_AT, layout.scoredLeads().mask())
                .putInt(NEWEST_READING_AT, NEVER)
                .putInt(NEWEST_FORECAST_AT, NEVER)
                .putInt(FIRST_SCORED_AT, NEVER)
                .putInt(HELD_HOUR_AT, NEVER)
                .putInt(GAP_RAISED_AT, NEVER);
        for (int at = StateLayout.RING_AT; at < layout.scoresAt(); at += Float.BYTES) {
            packed.putFloat(at, Float.NaN);
        }
        return new RegionState(layout, packed);
    }

    /**
     * Reads a packed state, also of the format before. If it was packed while other lead times were scored, its loads and clocks are
     * taken over and the running scores begin anew.
     *
     * @param packed kept, not copied, never changed
     * @throws IncompatibleStateException if it was packed in another format or for a model of another shape
     */
    public static RegionState ofPacked(StateLayout layout, byte[] packed) {
        ByteBuffer state = ByteBuffer.wrap(packed);
        boolean fits = packed.length > StateLayout.RING_AT
                && (state.get(StateLayout.FORMAT_AT) == StateLayout.FORMAT || StateFormat2.is(state))
                && state.getShort(StateLayout.LOOKBACK_AT) == layout.lookbackHours()
                && state.getShort(StateLayout.BACKLOG_AT) == layout.backlogHours();
        if (!fits) {
            throw IncompatibleStateException.of(layout);
        }
        if (StateFormat2.is(state)) {
            state = StateFormat2.read(layout, state).packed;
        }
        return state.getInt(StateLayout.SCORED_LEADS_AT) == layout.scoredLeads().mask()
                ? new RegionState(layout, state)
                : withScoresBegunAnew(layout, state);
    }

    private static RegionState withScoresBegunAnew(StateLayout layout, ByteBuffer packed) {
        RegionState state = empty(layout);
        state.packed.put(NEWEST_READING_AT, packed, NEWEST_READING_AT, layout.pointsAt() - NEWEST_READING_AT);
        state.packed.putInt(FIRST_SCORED_AT, (int) state.newestForecastHour() + 1);
        return state;
    }

    /** The packed form; not to be changed. */
    public byte[] packed() {
        return packed.array();
    }

    public StateLayout layout() {
        return layout;
    }

    public boolean isEmpty() {
        return newestReadingHour() == NEVER;
    }

    /** The hour of the newest reading; meaningless while {@link #isEmpty()}. */
    public long newestReadingHour() {
        return packed.getInt(NEWEST_READING_AT);
    }

    /** The newest hour whose turn to be forecast has passed; meaningless while {@link #isEmpty()}. */
    public long newestForecastHour() {
        return packed.getInt(NEWEST_FORECAST_AT);
    }

    /** No older hour is in the running scores: there was none, or its score went when scores were begun anew. */
    long firstScoredHour() {
        return packed.getInt(FIRST_SCORED_AT);
    }

    /** Whether hours were read whose turn to be forecast has not passed, or one's turn has come again. */
    public boolean isDue() {
        return newestForecastHour() < newestReadingHour() || isReissueDue();
    }

    /** The oldest hour that is due; meaningless unless {@link #isDue()}. */
    long oldestDueHour() {
        if (isReissueDue()) {
            return newestForecastHour();
        }
        return ring.nextReadHour(newestForecastHour() + 1);
    }

    /** How many hours were read and wait for their forecast. */
    int dueHours() {
        int hours = 0;
        long first = isDue() ? oldestDueHour() : newestReadingHour() + 1;
        for (long hour = first; hour <= newestReadingHour(); hour = ring.nextReadHour(hour + 1)) {
            hours++;
        }
        return hours;
    }

    /**
     * Whether the windows of the due hours would be the same after a reading of this hour: it is newer than they are, and leaves in the
     * ring all that the oldest of them needs. Meaningless unless {@link #isDue()}.
     */
    boolean keepsDueWindows(long hour) {
        return hour > newestReadingHour() && hour - oldestDueHour() <= layout.backlogHours();
    }

    /** Whether the forecast of the newest forecast hour is to be issued again. */
    boolean isReissueDue() {
        return (packed.get(FLAGS_AT) & REISSUE_DUE) != 0;
    }

    /** Whether a reading is held that no other has confirmed. */
    boolean isHolding() {
        return packed.getInt(HELD_HOUR_AT) != NEVER;
    }

    /** The hour of the held reading; meaningless unless {@link #isHolding()}. */
    long heldHour() {
        return packed.getInt(HELD_HOUR_AT);
    }

    /** The load of the held reading, MW; meaningless unless {@link #isHolding()}. */
    float heldMw() {
        return packed.getFloat(HELD_MW_AT);
    }

    /** The state that holds this reading, in place of any other. */
    RegionState holding(Reading reading) {
        RegionState next = copy();
        next.packed.putInt(HELD_HOUR_AT, (int) reading.epochHour()).putFloat(HELD_MW_AT, (float) reading.loadMw());
        return next;
    }

    /**
     * The state with the reading in its ring, in place of what was read of this hour before, and without the held one.
     *
     * @param reading of an hour that the ring {@linkplain LoadRing#isKept keeps}, or newer than the newest
     */
    RegionState with(Reading reading, Suspicion suspicion) {
        RegionState next = copy();
        long hour = reading.epochHour();
        if (isEmpty()) {
            next.packed.putInt(NEWEST_FORECAST_AT, (int) hour - 1).putInt(FIRST_SCORED_AT, (int) hour);
        }
        next.ring.put(hour, (float) reading.loadMw(), suspicion.isKeptOut());
        next.packed
                .putInt(NEWEST_READING_AT, (int) Math.max(newestReadingHour(), hour))
                .putInt(HELD_HOUR_AT, NEVER)
                .putFloat(HELD_MW_AT, 0);
        return next;
    }

    /** The loads that were read. */
    LoadRing ring() {
        return ring;
    }

    /** As {@link LoadRing#loadMw}. */
    public float loadMw(long hour) {
        return ring.loadMw(hour);
    }

    /** As {@link LoadRing#windowAt}. */
    public @Nullable LookbackWindow windowAt(long issueHour, ImputationLimits limits) {
        return ring.windowAt(issueHour, limits);
    }

    /** Lets the forecast wait for its actuals in this state, which has to be a {@link #copy}. */
    void keep(Forecast forecast) {
        for (int lead = 0; lead < layout.leads(); lead++) {
            int i = layout.leadHours(lead) - 1;
            packed.position(layout.pointAt(forecast.issueHour(), lead))
                    .putFloat((float) forecast.p10Mw()[i])
                    .putFloat((float) forecast.p50Mw()[i])
                    .putFloat((float) forecast.p90Mw()[i]);
        }
    }

    /** Whether a forecast of this hour with this lead time, told by its index, was issued and still waits in the state. */
    boolean holdsPoint(long issueHour, int lead) {
        return !Float.isNaN(packed.getFloat(layout.pointAt(issueHour, lead)));
    }

    void forgetPoint(long issueHour, int lead) {
        packed.putFloat(layout.pointAt(issueHour, lead), Float.NaN);
    }

    /** Moves the newest forecast hour forward, to one of which nothing was issued so far. */
    void forecastIs(long hour) {
        packed.putInt(NEWEST_FORECAST_AT, (int) hour).putShort(ISSUED_AT, (short) 0);
    }

    /** How many forecasts were issued at the newest forecast hour: the revision of the next one. */
    int issued() {
        return Short.toUnsignedInt(packed.getShort(ISSUED_AT));
    }

    /** Counts a forecast of the newest forecast hour. */
    void countIssued(boolean byModel) {
        packed.putShort(ISSUED_AT, (short) (issued() + 1));
        setFlag(MODEL_HAS_FORECAST, byModel || modelHasForecast());
    }

    /** Says what was issued before states could tell. */
    void issuedBefore(boolean newestHour, boolean byModel) {
        packed.putShort(ISSUED_AT, (short) (newestHour ? 1 : 0));
        setFlag(MODEL_HAS_FORECAST, byModel);
    }

    /** Whether the warm-up is over: the model has forecast the region at least once. */
    boolean modelHasForecast() {
        return (packed.get(FLAGS_AT) & MODEL_HAS_FORECAST) != 0;
    }

    /** Asks for the re-issue of the newest forecast hour's forecast, or says that it is done. */
    void reissueIsDue(boolean due) {
        setFlag(REISSUE_DUE, due);
    }

    private void setFlag(byte flag, boolean on) {
        packed.put(FLAGS_AT, (byte) (on ? packed.get(FLAGS_AT) | flag : packed.get(FLAGS_AT) & ~flag));
    }

    /** The hour at which the feed-gap alert was raised that is not cleared; null if none is. */
    @Nullable
    Long gapRaisedHour() {
        int hour = packed.getInt(GAP_RAISED_AT);
        return hour == NEVER ? null : Long.valueOf(hour);
    }

    void gapRaisedIs(@Nullable Long hour) {
        packed.putInt(GAP_RAISED_AT, hour == null ? NEVER : hour.intValue());
    }

    /** A state of its own memory, for the steps of this package to change before they let it go. */
    RegionState copy() {
        return new RegionState(layout, ByteBuffer.wrap(packed.array().clone()));
    }

    ByteBuffer mutablePacked() {
        return packed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegionState state && Arrays.equals(packed.array(), state.packed.array());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed.array());
    }
}
