package io.loadcast.training.evaluation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** At which hours forecasts of each region were issued. For one thread. */
public final class IssueHours {
    private final Map<String, SortedSet<Long>> regions = new HashMap<>();

    /** @param issueHour see {@link io.loadcast.domain.EpochHour} */
    public void add(String region, long issueHour) {
        regions.computeIfAbsent(region, name -> new TreeSet<>()).add(issueHour);
    }

    /** Leaves those that both have. */
    public void retain(IssueHours other) {
        regions.keySet().retainAll(other.regions.keySet());
        regions.forEach((region, hours) -> hours.retainAll(other.of(region)));
    }

    /** Of one region, ascending; none if it has no forecast. */
    SortedSet<Long> of(String region) {
        return regions.getOrDefault(region, new TreeSet<>(Set.of()));
    }
}
