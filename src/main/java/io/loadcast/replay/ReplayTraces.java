package io.loadcast.replay;

import io.loadcast.streaming.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
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
            cluster.deleteOffsets(id);
            List<String> topics = cluster.topics().stream()
                    .filter(name -> name.startsWith(id + "-") && name.endsWith("-changelog"))
                    .collect(Collectors.toCollection(ArrayList::new));
            request.topics().map(Topics::outputs).ifPresent(topics::addAll);
            if (request.isDerived()) {
                topics.add(request.source());
            }
            cluster.delete(topics);
            deleteState(request);
            store.delete(id);
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
