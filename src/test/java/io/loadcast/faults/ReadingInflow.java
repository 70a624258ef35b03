package io.loadcast.faults;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.streaming.Topics;
import java.util.List;
import java.util.Map;

/** Loads as readings, so many more than forecasts are committed. */
record ReadingInflow() implements Inflow {
    @Override
    public List<String> inputs(Topics topics) {
        return List.of(topics.readings());
    }

    @Override
    public Topics sharing(Topics topics, Topics own) {
        return new Topics(
                topics.readings(),
                own.forecasts(),
                own.accuracy(),
                own.alerts(),
                own.deadLetters(),
                own.meterReadings(),
                own.models());
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public Feed start(
            String bootstrapServers,
            Topics topics,
            List<HourlySeries> grid,
            CommittedForecasts committed,
            GroupView group,
            long aheadReadings) {
        return Feed.start(
                Feed.readings(bootstrapServers, topics.readings()),
                grid,
                committed::count,
                (long) grid.size() + aheadReadings); // the first of each region is held until its second
    }
}
