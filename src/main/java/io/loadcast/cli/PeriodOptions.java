package io.loadcast.cli;

import io.loadcast.domain.Region;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which regions, and which time: the options of commands that look at a part of a topic. */
final class PeriodOptions {
    @Option(
            names = "--from",
            converter = OptionTypes.ToTime.class,
            paramLabel = "TIME|earliest",
            description = "From this time on, such as 2018-01-01 or 2018-01-01T05:00Z. Default: earliest.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            converter = OptionTypes.ToTime.class,
            paramLabel = "TIME|now",
            description = "Up to this time, without it. Default: now.")
    private @Nullable Instant before;

    @Option(
            names = "--regions",
            split = ",",
            converter = OptionTypes.ToRegion.class,
            paramLabel = "NAME",
            description = "Only these regions. Default: all.")
    private List<Region> regions = List.of();

    Optional<Instant> from() {
        return Optional.ofNullable(from).filter(time -> time.isAfter(Instant.MIN) && time.isBefore(Instant.MAX));
    }

    /** The first instant that does not count. */
    Optional<Instant> before() {
        return Optional.ofNullable(before).filter(time -> time.isAfter(Instant.MIN) && time.isBefore(Instant.MAX));
    }

    Set<String> regions() {
        Set<String> names = new TreeSet<>();
        regions.forEach(region -> names.add(region.name()));
        return names;
    }
}
