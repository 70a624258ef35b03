package io.loadcast.forecasting;

import static io.loadcast.forecasting.StateLayout.FIRST_SCORED_AT;
import static io.loadcast.forecasting.StateLayout.NEWEST_FORECAST_AT;
import static io.loadcast.forecasting.StateLayout.NEWEST_READING_AT;

import io.loadcast.domain.LookbackWindow;
import io.loadcast.domain.Reading;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All that loadcast remembers of one region: the ring of its newest loads, the forecasts that wait for their actuals, and the
 * sums of its running scores. Immutable once it is let go: {@link #with} gives a new state, and the steps of a flush, which are this
 * package's, change a copy of their own. It is a view on one packed array (see
 * {@link StateLayout}), which is what the state store keeps; packing and unpacking cost nothing.
 *
 * <p>Two clocks tell what is due: the hour of the newest reading and the newest hour that was <em>forecast</em> (or whose turn
 * passed without a forecast, for want of input). The hours between are due, whoever asks, whenever: due-ness survives a crash
 * because it is nothing but the state.
 */
public final class RegionState {
    private static final int NEVER = Integer.MIN_VALUE;

    private final StateLayout layout;
    private final ByteBuffer packed;

    private RegionState(StateLayout layout, ByteBuffer packed) {
        this.layout = layout;
        this.packed = packed;
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
                .putInt(FIRST_SCORED_AT, NEVER);
        for (int at = StateLayout.RING_AT; at < layout.scoresAt(); at += Float.BYTES) {
            packed.putFloat(at, Float.NaN);
        }
        return new RegionState(layout, packed);
    }

    /**
     * Reads a packed state. If it was packed while other lead times were scored, its loads and clocks are taken over and the running
     * scores begin anew.
     *
     * @param packed kept, not copied, never changed
     * @throws IncompatibleStateException if it was packed in another format or for a model of another shape
     */
    public static RegionState ofPacked(StateLayout layout, byte[] packed) {
        ByteBuffer state = ByteBuffer.wrap(packed);
        boolean fits = packed.length > StateLayout.RING_AT
                && state.get(StateLayout.FORMAT_AT) == StateLayout.FORMAT
                && state.getShort(StateLayout.LOOKBACK_AT) == layout.lookbackHours()
                && state.getShort(StateLayout.BACKLOG_AT) == layout.backlogHours();
        if (!fits) {
            throw new IncompatibleStateException("the stored region state was not written by this version of loadcast"
                    + " for a lookback of " + layout.lookbackHours() + " h and a backlog of " + layout.backlogHours()
                    + " h; run with the version, the model and the backlog it was written with, or under a new"
                    + " application id");
        }
        return state.getInt(StateLayout.SCORED_LEADS_AT) == layout.scoredLeads().mask()
                ? new RegionState(layout, state)
                : withScoresBegunAnew(layout, state);
    }

    private static RegionState withScoresBegunAnew(StateLayout layout, ByteBuffer packed) {
        RegionState state = empty(layout);
        int clocksAndRing = layout.pointsAt() - NEWEST_READING_AT;
        state.packed.put(NEWEST_READING_AT, packed, NEWEST_READING_AT, clocksAndRing);
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

    /** Whether there are hours that were read and whose turn to be forecast has not passed. */
    public boolean isDue() {
        return newestForecastHour() < newestReadingHour();
    }

    /** The oldest hour that is due; meaningless unless {@link #isDue()}. */
    long oldestDueHour() {
        long hour = Math.max(newestForecastHour() + 1, newestReadingHour() - layout.ringHours() + 1);
        while (!isRead(hour)) {
            hour++;
        }
        return hour;
    }

    /** How many hours were read and wait for their forecast. */
    int dueHours() {
        int hours = 0;
        for (long hour = isDue() ? oldestDueHour() : newestReadingHour() + 1; hour <= newestReadingHour(); hour++) {
            hours += isRead(hour) ? 1 : 0;
        }
        return hours;
    }

    /**
     * Whether the windows of the due hours would be the same after the reading: it is newer than they are, and leaves in the ring
     * all that the oldest of them needs. Meaningless unless {@link #isDue()}.
     */
    boolean keepsDueWindows(Reading reading) {
        long hour = reading.epochHour();
        return hour > newestReadingHour() && hour - oldestDueHour() <= layout.backlogHours();
    }

    /** What the reading would be to this state; see {@link ReadingOutcome}. */
    public ReadingOutcome outcomeOf(Reading reading) {
        long hour = reading.epochHour();
        if (isEmpty()) {
            return ReadingOutcome.FIRST;
        }
        if (hour > newestReadingHour()) {
            return hour == newestReadingHour() + 1 ? ReadingOutcome.NEXT : ReadingOutcome.GAP;
        }
        if (!isKept(hour)) {
            return ReadingOutcome.TOO_LATE;
        }
        float known = loadMw(hour);
        if (Float.isNaN(known)) {
            return ReadingOutcome.LATE;
        }
        return known == (float) reading.loadMw() ? ReadingOutcome.DUPLICATE : ReadingOutcome.CORRECTION;
    }

    /** The state with the reading in its ring; the same state if the outcome is a duplicate or too late. */
    public RegionState with(Reading reading) {
        ReadingOutcome outcome = outcomeOf(reading);
        if (outcome == ReadingOutcome.DUPLICATE || outcome == ReadingOutcome.TOO_LATE) {
            return this;
        }
        RegionState next = copy();
        long hour = reading.epochHour();
        if (outcome == ReadingOutcome.FIRST) {
            next.packed.putInt(NEWEST_FORECAST_AT, (int) hour - 1).putInt(FIRST_SCORED_AT, (int) hour);
        } else {
            next.forgetBetween(newestReadingHour(), hour);
        }
        next.packed.putFloat(layout.ringAt(hour), (float) reading.loadMw());
        long newest = outcome == ReadingOutcome.FIRST ? hour : Math.max(newestReadingHour(), hour);
        next.packed.putInt(NEWEST_READING_AT, (int) newest);
        return next;
    }

    private void forgetBetween(long newest, long hour) {
        for (long missing = Math.max(newest + 1, hour - layout.ringHours()); missing < hour; missing++) {
            packed.putFloat(layout.ringAt(missing), Float.NaN);
        }
    }

    private boolean isKept(long hour) {
        return hour <= newestReadingHour() && hour > newestReadingHour() - layout.ringHours();
    }

    /** The load read at the hour, MW; NaN if none was, or if the ring no longer holds it. */
    public float loadMw(long hour) {
        return isKept(hour) ? packed.getFloat(layout.ringAt(hour)) : Float.NaN;
    }

    /** Whether the ring holds a load read at the hour. */
    boolean isRead(long hour) {
        return !Float.isNaN(loadMw(hour));
    }

    /**
     * The lookback of a forecast issued at the hour.
     *
     * @return null if the hour itself or more than {@code maxImputedHours} are missing, or the warm-up is not over
     */
    public @Nullable LookbackWindow windowAt(long issueHour, int maxImputedHours) {
        if (!isRead(issueHour)) {
            return null;
        }
        float[] mw = new float[LookbackWindow.CONTEXT_HOURS + layout.lookbackHours()];
        for (int i = 0; i < mw.length; i++) {
            mw[i] = loadMw(issueHour - mw.length + 1 + i);
        }
        return LookbackWindow.complete(issueHour, mw, maxImputedHours);
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

    /** Moves the newest forecast hour forward. */
    void forecastIs(long hour) {
        packed.putInt(NEWEST_FORECAST_AT, (int) hour);
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
