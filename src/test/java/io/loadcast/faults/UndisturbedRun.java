package io.loadcast.faults;

import io.loadcast.app.LoadcastServer;
import io.loadcast.streaming.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The application over the same readings with nothing in its way: what must come out. */
final class UndisturbedRun {
    private UndisturbedRun() {}

    /**
     * Runs it in this JVM, to the end, into topics of its own.
     *
     * @param name of the run that was disturbed
     * @param inflow what it was fed with
     * @param disturbed its topics
     * @param newest the valid time of each region's newest reading
     * @return the topics
     */
    static Topics of(
            BrokerCluster brokers,
            Path directory,
            String name,
            Inflow inflow,
            Topics disturbed,
            Map<String, Instant> newest) {
        String applicationId = name + ".undisturbed";
        Topics topics = inflow.sharing(disturbed, FaultRuns.topics(applicationId));
        Map<String, Object> settings = new HashMap<>(FaultRuns.settingsOf(applicationId, topics));
        settings.putAll(inflow.settings());
        settings.put("kafka.bootstrap.servers", brokers.bootstrapServers());
        settings.put("loadcast.http.enabled", false);
        settings.put(
                "kafka.streams.default.state.dir",
                directory.resolve("undisturbed-state").toString());
        settings.put("loadcast.topics.partitions", DisturbedRun.PARTITIONS);
        try (LoadcastServer server = LoadcastServer.start(settings, Optional.empty());
                GroupView group = new GroupView(
                        brokers.admin(), applicationId, inflow.inputs(topics).get(0));
                CommittedForecasts forecasts = new CommittedForecasts(brokers.bootstrapServers(), topics.forecasts())) {
            Awaitility.await()
                    .atMost(DisturbedRun.PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> server.hasStopped()
                            || forecasts.haveReached(newest) && group.hasCommittedAll(inflow.inputs(topics)));
            if (server.hasStopped()) {
                throw new AssertionError("the undisturbed application was disturbed");
            }
        }
        return topics;
    }
}
