package io.loadcast.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a replay leaves: its plan, offsets, state and topics. */
final class ReplayTraces {
    private ReplayTraces() {}

    /** As {@link Replay#forget}. */
    static void delete(ReplayRequest request, ReplayProgress progress) throws InterruptedException {
        request.decisiveSettings();
        String id = request.applicationId();
        try (ReplayCluster cluster = new ReplayCluster(request.kafka())) {
            ReplayStore store = new ReplayStore(request.kafka(), cluster);
            cluster.awaitAlone(id, () -> progress.say("waiting until an earlier run of " + id + " is gone"));
            // Killed from here on, nobody goes on with a plan of which the offsets or the state are gone.
            store.beginForgetting(id);
            cluster.deleteOffsets(id);
            List<String> topics = new ArrayList<>(cluster.changelogs(id));
            topics.addAll(request.ownOutputs());
            if (request.isDerived()) {
                topics.add(request.source());
            }
            cluster.delete(topics);
            deleteState(request);
            store.delete(id);
        }
    }

    /**
     * State and offsets are committed together. State without offsets would take all readings once more, as being too late.
     *
     * @throws ReplayException if there is such
     */
    static void requireOffsets(ReplayRequest request, ReplayCluster cluster, ReplayPlan plan) {
        if (plan.model() == null || plan.finishedAt() != null) {
            return;
        }
        String id = request.applicationId();
        Map<Integer, Long> without = new HashMap<>(plan.ends());
        cluster.committed(id).stream()
                .filter(partition -> partition.topic().equals(plan.source()))
                .forEach(partition -> without.remove(partition.partition()));
        if (without.isEmpty()) {
            return;
        }
        for (String changelog : cluster.changelogs(id)) {
            try (TopicReader reader = new TopicReader(request.kafka(), changelog)) {
                if (reader.hasRecord(without.keySet())) {
                    throw new ReplayException(
                            "the offsets of " + id + " are gone, so that nobody knows how far it came:"
                                    + " brokers forget those of a group that is away, or it was deleted; give --restart");
                }
            }
        }
    }

    private static void deleteState(ReplayRequest request) {
        Object directory = request.settings()
                .getOrDefault(
                        "kafka.streams.default.state.dir", System.getProperty("java.io.tmpdir") + "/kafka-streams");
        Path state = Path.of(String.valueOf(directory), request.applicationId());
        if (!Files.exists(state)) {
            return;
        }
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + state + "; delete it by hand", e);
        }
    }
}
