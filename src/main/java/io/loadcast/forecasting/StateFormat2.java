package io.loadcast.forecasting;

import java.nio.ByteBuffer;

/**
 * Region states as the format before {@link StateLayout}'s packed them: what they hold is taken over, whole. They differ in the header,
 * which ended with the first hour scored; in the running scores, each count (4) · inside (4) · sMAPE (8) · baseline's sMAPE (8); and no
 * load in them is kept out of the model's input.
 */
final class StateFormat2 {
    private static final byte FORMAT = 2;
    private static final int RING_AT = 21;
    private static final int SMAPE = 2 * Integer.BYTES;
    private static final int SCORE_BYTES = SMAPE + 2 * Long.BYTES;

    private StateFormat2() {}

    static boolean is(ByteBuffer packed) {
        return packed.get(StateLayout.FORMAT_AT) == FORMAT;
    }

    /**
     * The same state as it is packed now.
     *
     * @param packed of this layout's lookback and backlog
     * @return of the lead times that were scored then
     * @throws IncompatibleStateException if its length is another
     */
    static RegionState read(StateLayout wanted, ByteBuffer packed) {
        StateLayout layout = new StateLayout(
                wanted.lookbackHours(),
                wanted.backlogHours(),
                new ScoredLeads(packed.getInt(StateLayout.SCORED_LEADS_AT)));
        int shift = StateLayout.RING_AT - RING_AT;
        int scoresAt = layout.scoresAt() - shift;
        if (packed.capacity() != scoresAt + layout.leads() * ScoreWindow.COUNT * SCORE_BYTES) {
            throw IncompatibleStateException.of(layout);
        }
        RegionState state = RegionState.empty(layout);
        ByteBuffer to = state.mutablePacked();
        to.put(StateLayout.NEWEST_READING_AT, packed, StateLayout.NEWEST_READING_AT, 3 * Integer.BYTES);
        to.put(StateLayout.RING_AT, packed, RING_AT, scoresAt - RING_AT);
        boolean wasScored = false;
        for (int lead = 0; lead < layout.leads(); lead++) {
            for (ScoreWindow window : ScoreWindow.values()) {
                int from = scoresAt + (lead * ScoreWindow.COUNT + window.ordinal()) * SCORE_BYTES;
                int count = packed.getInt(from);
                RunningSums.set(
                        state,
                        lead,
                        window,
                        count,
                        packed.getInt(from + Integer.BYTES),
                        packed.getLong(from + SMAPE),
                        packed.getLong(from + SMAPE + Long.BYTES));
                wasScored |= count > 0;
            }
        }
        if (state.isEmpty()) {
            return state;
        }
        boolean isForecast = layout.leads() == 0 || state.holdsPoint(state.newestForecastHour(), 0);
        state.issuedBefore(isForecast, isForecast || wasScored);
        return state;
    }
}
