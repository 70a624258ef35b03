package io.loadcast.replay;

import io.loadcast.app.DecisiveSettings;
import io.loadcast.app.LoadcastServer;
import io.loadcast.app.ProcessedOffsets;
import io.loadcast.forecasting.ModelId;
import io.loadcast.streaming.ReadingScope;
import io.loadcast.streaming.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * One replay: the topology of live, under an application id of its own, over what lay on the readings topic at the first start. It goes
 * on where it was stopped, in whatever way. For one thread; whoever prepared it closes it.
 *
 * <p>Implementation notes. The first start fixes the offsets at which the replay ends, and writes them down on a topic before the
 * topology starts. A record from there on is passed over, so a replay that was stopped late, or is resumed while live goes on, makes the
 * same forecasts. What is processed, forecast and committed is told by the offsets and by what is due, as Kafka Streams keeps them:
 * nothing is counted twice, and nothing is counted here.
 */
public final class Replay implements AutoCloseable {
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS_FOR_RIVALS = 4;

    private final ReplayRequest request;
    private final DecisiveSettings settings;
    private final ReplayCluster cluster;
    private final ReplayStore store;
    private final boolean resumed;
    private ReplayPlan plan;

    private Replay(
            ReplayRequest request,
            DecisiveSettings settings,
            ReplayCluster cluster,
            ReplayStore store,
            ReplayPlan plan,
            boolean resumed) {
        this.request = request;
        this.settings = settings;
        this.cluster = cluster;
        this.store = store;
        this.plan = plan;
        this.resumed = resumed;
    }

    /**
     * Finds the plan of an earlier start, or makes one: looks through the topic.
     *
     * @throws ReplayException if there is nothing to replay, or an earlier start was of something else
     * @throws ReplayRequestException if regions are named and none of them is there
     * @throws io.loadcast.app.InvalidSettingException if a setting is not valid
     */
    public static Replay prepare(ReplayRequest request, ReplayProgress progress) throws InterruptedException {
        return prepare(request, Optional.empty(), progress);
    }

    /**
     * The same, over the records of another replay.
     *
     * @param like of the same request but for its model and its outputs
     * @throws ReplayException as {@link #prepare(ReplayRequest, ReplayProgress)} does
     */
    public static Replay prepare(ReplayRequest request, Optional<Replay> like, ReplayProgress progress)
            throws InterruptedException {
        DecisiveSettings decisive = request.decisiveSettings();
        SortedMap<String, String> options = request.options(decisive);
        ReplayCluster cluster = new ReplayCluster(request.kafka());
        try {
            ReplayStore store = new ReplayStore(request.kafka(), cluster);
            String id = request.applicationId();
            cluster.awaitAlone(id, () -> progress.say("waiting until an earlier run of " + id + " is gone"));
            Optional<ReplayPlan> earlier = store.find(id);
            if (earlier.isPresent()) {
                earlier.get().requireOptions(options);
                like.ifPresent(other -> earlier.get().requireRecordsOf(other.plan));
                ReplayTraces.requireOffsets(request, cluster, earlier.get());
                return new Replay(request, decisive, cluster, store, earlier.get(), true);
            }
            if (!cluster.committed(id).isEmpty()) {
                throw new ReplayException("offsets of " + id + " are there, but not what it was to do; give --restart");
            }
            ReplayPlan plan;
            if (like.isPresent()) {
                plan = like.get().plan.again(Instant.now().toString());
            } else {
                progress.say("looking through " + request.topic());
                plan = new ReplayPreparation(request, decisive.topics(), cluster).plan(options);
            }
            store.put(id, plan);
            return new Replay(request, decisive, cluster, store, plan, false);
        } catch (RuntimeException | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    /**
     * Undoes earlier starts: the plan, the offsets, the state and the outputs, unless those are live's.
     *
     * @throws ReplayException if it runs
     * @throws io.loadcast.app.InvalidSettingException if a setting is not valid; nothing is undone then
     */
    public static void forget(ReplayRequest request, ReplayProgress progress) throws InterruptedException {
        ReplayTraces.delete(request, progress);
    }

    /** What was found on the topic at the first start. */
    public TopicSurvey survey() {
        return plan.survey();
    }

    /** Whether there was an earlier start. */
    public boolean isResumed() {
        return resumed;
    }

    /** Whether there is nothing left to do. */
    public boolean isFinished() {
        return plan.finishedAt() != null;
    }

    /**
     * Processes what is left, until all is forecast and committed.
     *
     * @param stopped whether to stop before the end; it goes on then when it is prepared and run again
     * @return whether it has come to its end
     * @throws ReplayException if the topology gives up, or the model is another than before
     * @throws RuntimeException as {@link LoadcastServer#start} does
     */
    public boolean run(ReplayProgress progress, BooleanSupplier stopped) throws InterruptedException {
        if (isFinished()) {
            return true;
        }
        ReadingScope scope = new ReplayPreparation(request, settings.topics(), cluster).scope(plan);
        // A first start has no state: what is left of another replay of this name is deleted.
        boolean emptied = plan.model() == null;
        boolean ended;
        try (LoadcastServer server = LoadcastServer.startReplay(
                request.serverSettings(plan.partitionCount()),
                request.configuration(),
                scope,
                new OneModel(modelSha256()),
                emptied)) {
            ModelId model = server.model();
            progress.say("model " + model.name() + " " + model.version() + " on " + server.device() + " as '"
                    + server.applicationId() + "'");
            int lookbackHours = server.models().inForce().champion().manifest().lookbackHours();
            begin(model, lookbackHours, server.topics());
            ended = untilProcessed(server, progress, stopped);
        }
        if (ended) {
            plan = plan.finished(Instant.now().toString());
            store.put(request.applicationId(), plan);
        }
        return ended;
    }

    private @Nullable String modelSha256() {
        ModelId model = plan.model();
        return model == null ? null : model.sha256();
    }

    private void begin(ModelId model, int lookbackHours, Topics topics) {
        if (plan.model() == null) {
            SortedMap<String, ReplayPlan.Output> outputs = new TreeMap<>();
            outputs.put(ReplayPlan.FORECASTS, output(topics.forecasts()));
            outputs.put(ReplayPlan.ACCURACY, output(topics.accuracy()));
            outputs.put(ReplayPlan.DEAD_LETTERS, output(topics.deadLetters()));
            plan = plan.begun(model, lookbackHours, outputs);
            store.put(request.applicationId(), plan);
        } else if (!model.sha256().equals(modelSha256())) {
            throw new ReplayException(
                    "the replay was started with the model of SHA-256 " + modelSha256() + ", and this is "
                            + model.sha256() + ": give the --model of before, another --out-suffix, or --restart");
        }
    }

    private ReplayPlan.Output output(String topic) {
        if (request.outSuffix().isPresent()) {
            return new ReplayPlan.Output(topic, new TreeMap<>());
        }
        try (TopicReader reader = new TopicReader(request.kafka(), topic)) {
            return new ReplayPlan.Output(topic, new TreeMap<>(reader.ends()));
        }
    }

    private boolean untilProcessed(LoadcastServer server, ReplayProgress progress, BooleanSupplier stopped)
            throws InterruptedException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        plan.ends().forEach((partition, end) -> ends.put(new TopicPartition(plan.source(), partition), end));
        Properties kafka = new Properties();
        kafka.putAll(request.kafka());
        try (ProcessedOffsets offsets =
                new ProcessedOffsets(kafka, request.applicationId(), server.topics(), server.counters()::dueHours)) {
            Rivals rivals = new Rivals(request.applicationId());
            for (int look = 0; !stopped.getAsBoolean(); look++) {
                if (server.hasStopped()) {
                    throw new ReplayException("the topology has stopped by itself; the log above says why");
                }
                if (look % LOOKS_FOR_RIVALS == 0) {
                    rivals.look(
                            cluster.members(request.applicationId()), server.consumerClientIds(), System.nanoTime());
                }
                try {
                    progress.at(done(offsets.committed()), total());
                    // Before its tasks have their state, nobody knows what an earlier run has left due.
                    if (server.isRunningAlone(plan.partitionCount()) && offsets.allOutputsAreCommitted(ends)) {
                        return true;
                    }
                } catch (ExecutionException e) {
                    requireRetriable(e);
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return false;
        }
    }

    private void look(Rivals rivals, LoadcastServer server) {
        Map<String, String> members;
        try {
            members = cluster.members(request.applicationId());
        } catch (ReplayException e) {
            if (e.getCause() instanceof RetriableException) {
                return; // as below
            }
            throw e;
        }
        rivals.look(members, server.consumerClientIds(), System.nanoTime());
    }

    /** Clients of the topology wait for brokers that are away, and so does this. */
    private static void requireRetriable(ExecutionException e) {
        if (!(e.getCause() instanceof RetriableException)) {
            throw new ReplayException("the offsets cannot be read: " + e.getCause(), e);
        }
    }

    private long total() {
        return plan.partitions().values().stream()
                .mapToLong(range -> range.end() - range.begin())
                .sum();
    }

    private long done(Map<TopicPartition, Long> committed) {
        return plan.partitions().entrySet().stream()
                .mapToLong(range -> {
                    long begin = range.getValue().begin();
                    long offset = committed.getOrDefault(new TopicPartition(plan.source(), range.getKey()), begin);
                    return Math.max(0, Math.min(offset, range.getValue().end()) - begin);
                })
                .sum();
    }

    /**
     * Reads the outputs; of those of live, what was written since the first start, live's own too. Reads live's forecasts, where they are
     * comparable, and compares.
     *
     * @throws ReplayException if they cannot be read
     */
    public ReplaySummary summary() {
        return ReplaySummary.of(request.kafka(), plan, settings, incomparable());
    }

    /** Why its forecasts are not to be compared with live's. */
    private Optional<String> incomparable() {
        if (request.outSuffix().isEmpty()) {
            return Optional.of("the replay has written to it");
        }
        if (request.isDerived()) {
            return Optional.of("the replay was of other readings than live has read: final values, or files");
        }
        return cluster.topics().contains(settings.topics().forecasts())
                ? Optional.empty()
                : Optional.of("it does not exist here");
    }

    /** What it has published. */
    public ReplayedHistory history() {
        return new ReplayedHistory(request, settings.topics(), cluster, plan);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
