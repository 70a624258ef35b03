package io.loadcast.metering;

import io.loadcast.domain.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** All that came out. */
final class RecordedLoads implements MeteringOutputs {
    final List<MeteredLoad> published = new ArrayList<>();
    final List<Long> awaited = new ArrayList<>();
    final List<Long> abandoned = new ArrayList<>();
    int learned;
    int forgotten;

    @Override
    public void publish(MeteredLoad load) {
        published.add(load);
    }

    @Override
    public void awaited(Region region, long hour) {
        awaited.add(hour);
    }

    @Override
    public void abandoned(Region region, long hour) {
        abandoned.add(hour);
    }

    @Override
    public void learned() {
        learned++;
    }

    @Override
    public void forgotten() {
        forgotten++;
    }

    List<MeteredLoad> of(long hour) {
        return published.stream().filter(load -> load.hour() == hour).toList();
    }

    /** What was published last, by hour. */
    NavigableMap<Long, Long> finalWatts() {
        NavigableMap<Long, Long> watts = new TreeMap<>();
        published.forEach(load -> watts.put(load.hour(), load.watts()));
        return watts;
    }
}
