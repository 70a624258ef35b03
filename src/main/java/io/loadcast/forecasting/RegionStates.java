package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import java.util.function.BiConsumer;

/** The states, score histories and load profiles of the regions of one task, in a store. Used on the task's thread only. */
public interface RegionStates {

    /** What is kept of a region; {@linkplain RegionState#empty empty} if it was never read. */
    RegionState of(Region region);

    void put(Region region, RegionState state);

    ScoreHistory historyOf(Region region);

    /** What was learnt of a region's week; {@linkplain LoadProfile#empty empty} if nothing was. */
    LoadProfile profileOf(Region region);

    void put(Region region, LoadProfile profile);

    /** Shows every region that is kept, in any order. */
    void forEach(BiConsumer<Region, RegionState> action);
}
