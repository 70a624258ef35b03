package io.loadcast.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.alerting.AlertSettings;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.IntakeRules;
import io.loadcast.forecasting.LastValueEngine;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.forecasting.StateLayout;
import io.loadcast.metering.MeteringRules;
import io.loadcast.metering.MissingMeters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.processor.internals.ProcessorStateManager;
import org.junit.jupiter.api.Test;

/**
 * State on disk and in changelogs is found again by the names of stores and by the number of the sub-topology. Where this test fails, an
 * upgrade would begin with empty stores: change the golden file only with a way to take the state over.
 */
class TopologyShapeTest {
    private static final Path GOLDEN = Path.of("src/test/resources/topology.txt");
    private static final Path GOLDEN_WITH_METERS = Path.of("src/test/resources/topology-with-meters.txt");

    private static Topology topology(boolean meters) {
        LastValueEngine engine = new LastValueEngine();
        StreamsBuilder builder = new StreamsBuilder();
        LoadcastTopology.addTo(
                builder,
                new InstanceContext(Topics.DEFAULT, new Counters(), new OneOrigin(), ThreadPace.ofEachThread()),
                () -> new ForecastBatch(
                        engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, 8),
                new ForecastingSettings(
                        StateLayout.of(engine.manifest(), 24, ScoredLeads.DEFAULT),
                        IntakeRules.DEFAULT,
                        ReadingScope.ALL,
                        Duration.ofMillis(5),
                        AlertSettings.DEFAULT,
                        Optional.empty()));
        if (meters) {
            MeteringTopology.addTo(
                    builder,
                    new InstanceContext(Topics.DEFAULT, new Counters(), new OneOrigin(), ThreadPace.ofEachThread()),
                    new MeteringRules(Duration.ofMinutes(15), MissingMeters.SCALE, 0.8, 3, Duration.ofDays(1)));
        }
        Properties properties = new Properties();
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        return builder.build(properties);
    }

    @Test
    void theTopologyIsTheOneThatStateWasWrittenBy() throws IOException {
        assertThat(topology(false).describe().toString().strip())
                .isEqualTo(Files.readString(GOLDEN).strip());
    }

    @Test
    void withMetersItIsTheOneThatStateWasWrittenByToo() throws IOException {
        assertThat(topology(true).describe().toString().strip())
                .isEqualTo(Files.readString(GOLDEN_WITH_METERS).strip());
    }

    @Test
    void theChangelogsHaveTheNamesThatTheyAlwaysHad() {
        assertThat(changelogs(false))
                .containsExactly(
                        "loadcast-alert-state-changelog",
                        "loadcast-challenger-state-changelog",
                        "loadcast-load-profile-changelog",
                        "loadcast-region-state-changelog",
                        "loadcast-score-history-changelog",
                        "loadcast-state-origin-changelog");
        assertThat(changelogs(true))
                .containsExactly(
                        "loadcast-alert-state-changelog",
                        "loadcast-challenger-state-changelog",
                        "loadcast-load-profile-changelog",
                        "loadcast-meter-hours-changelog",
                        "loadcast-metered-regions-changelog",
                        "loadcast-metering-origin-changelog",
                        "loadcast-meters-changelog",
                        "loadcast-region-state-changelog",
                        "loadcast-score-history-changelog",
                        "loadcast-state-origin-changelog");
    }

    private static List<String> changelogs(boolean meters) {
        return topology(meters).describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Processor.class::isInstance)
                .flatMap(node -> ((TopologyDescription.Processor) node).stores().stream())
                .map(store -> ProcessorStateManager.storeChangelogTopic("loadcast", store, null))
                .sorted()
                .toList();
    }
}
