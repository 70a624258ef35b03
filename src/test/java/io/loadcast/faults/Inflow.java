package io.loadcast.faults;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.streaming.Topics;
import java.util.List;
import java.util.Map;

/** In what form the loads of a run reach the application: as readings, or as what they are the sums of. */
interface Inflow {
    /** The topics that the application reads; the first is fed. */
    List<String> inputs(Topics topics);

    /** The topics of another application that is fed from the same topic and writes to its own. */
    Topics sharing(Topics topics, Topics own);

    /** What the application has to be told. */
    Map<String, String> settings();

    /**
     * Begins to feed.
     *
     * @param group whose offsets of the topic that is fed say what is done
     * @param aheadReadings how many readings are kept in flight
     */
    Feed start(
            String bootstrapServers,
            Topics topics,
            List<HourlySeries> grid,
            CommittedForecasts committed,
            GroupView group,
            long aheadReadings);
}
