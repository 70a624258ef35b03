package io.loadcast.faults;

import io.loadcast.app.CommittedRecords;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.feed.SyntheticGrid;
import io.loadcast.streaming.TopicAdministration;
import io.loadcast.streaming.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;

/**
 * One run of the application under faults, from the first reading to the verdict: topics of its own, a feed that keeps readings in
 * flight, instances, and what is done to them. Every fault returns when work goes on again. For one thread; closing it ends all
 * that it started.
 */
final class DisturbedRun implements AutoCloseable {
    /** More than a fault costs on a busy machine. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    static final int REGIONS = 24;
    private static final int MOST_HOURS = 8_000;
    static final int PARTITIONS = 4;

    private final BrokerCluster brokers;
    private final Path directory;
    private final String name;
    private final Random random;
    private final long paceMillis;
    private final Inflow inflow;
    private final Map<String, String> settings;
    private final Topics topics;
    private final CommittedForecasts committed;
    private final Feed feed;
    private final GroupView group;
    private final List<ServeProcess> instances = new ArrayList<>();

    /** Makes the topics and starts to feed readings. */
    DisturbedRun(
            BrokerCluster brokers,
            Path directory,
            String name,
            long seed,
            long aheadReadings,
            long paceMillis,
            Map<String, String> overrides) {
        this(brokers, directory, name, new ReadingInflow(), seed, aheadReadings, paceMillis, overrides);
    }

    /**
     * Makes the topics and starts the feed.
     *
     * @param directory for logs and state, new
     * @param name tells it from other runs on the same brokers
     * @param inflow what is fed
     * @param seed of the loads, and of what chance has to say
     * @param aheadReadings how many readings the feed keeps in flight
     * @param paceMillis how long a call of the engine takes, on average
     * @param overrides settings of the application
     */
    DisturbedRun(
            BrokerCluster brokers,
            Path directory,
            String name,
            Inflow inflow,
            long seed,
            long aheadReadings,
            long paceMillis,
            Map<String, String> overrides) {
        this.brokers = brokers;
        this.directory = directory.toAbsolutePath();
        this.name = name;
        this.random = new Random(seed);
        this.paceMillis = paceMillis;
        this.inflow = inflow;
        this.topics = FaultRuns.topics(name);
        this.settings = new HashMap<>(FaultRuns.settingsOf(name, topics));
        settings.putAll(inflow.settings());
        settings.putAll(overrides);
        createTopics();
        this.group = new GroupView(brokers.admin(), name, inflow.inputs(topics).get(0));
        this.committed = new CommittedForecasts(brokers.bootstrapServers(), topics.forecasts());
        List<HourlySeries> grid = new SyntheticGrid(REGIONS, ZoneId.of("Europe/Berlin"), seed)
                .seriesBefore(Instant.parse("2024-04-10T00:00:00Z"), MOST_HOURS);
        this.feed = inflow.start(brokers.bootstrapServers(), topics, grid, committed, group, aheadReadings);
    }

    private void createTopics() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (TopicAdministration administration =
                TopicAdministration.connect(Map.of("bootstrap.servers", brokers.bootstrapServers()))) {
            administration.createMissing(topics, PARTITIONS, Optional.empty());
        }
    }

    ServeProcess startInstance(String instance) {
        return startInstance(instance, Map.of());
    }

    /** @param environment variables of its process beside those of this JVM */
    ServeProcess startInstance(String instance, Map<String, String> environment) {
        ServeProcess started =
                new ServeProcess(directory, instance, brokers.applicationServers(), settings, environment, paceMillis);
        instances.add(started);
        return started;
    }

    /** Waits until so many more forecasts are committed. */
    void awaitForecasts(long more) {
        long target = committed.count() + more;
        await(() -> committed.count() >= target);
    }

    /** Waits until every region has a forecast more than now, and says how long that took. */
    long recoveryMillis() {
        long from = System.nanoTime();
        Map<String, Instant> before = committed.newest();
        await(() -> committed.haveAllPassed(before));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
        awaitForecasts(300);
        return millis;
    }

    /** Waits until the instance has run the model on so many more windows. */
    void awaitWork(ServeProcess instance, long windows) {
        long target = instance.engine().windows() + windows;
        await(() -> instance.engine().windows() >= target);
    }

    /**
     * Ends an instance with {@code kill -9} after some work, and starts it again.
     *
     * @param aimed at a call of the engine, somewhere in its first half; else at any moment
     */
    Kill kill(ServeProcess instance, boolean aimed) {
        awaitForecasts(1);
        awaitWork(instance, 1 + random.nextInt(150));
        EngineProbe engine = instance.engine();
        long intoCall = random.nextInt((int) Math.max(1, paceMillis / 2));
        long readings = group.readings();
        if (aimed) {
            awaitInside(engine, intoCall);
        }
        instance.process().kill();
        Kill kill = new Kill(engine.windowsInCall(), readings - group.committedReadings());
        instance.restart();
        awaitForecasts(200);
        return kill;
    }

    /**
     * Freezes one of two instances inside the model until the group has given its regions to the other and they go on, then lets it
     * come back out of the same call: it has results to send, and must not get them into the topics.
     *
     * @return the windows of that call
     */
    long freezePastSession(ServeProcess instance) {
        awaitWork(instance, 1 + random.nextInt(50));
        EngineProbe engine = instance.engine();
        long all = group.instances();
        do { // the call may end between the look and the signal
            instance.process().thaw();
            awaitInside(engine, random.nextInt((int) Math.max(1, paceMillis / 4)));
            instance.process().freeze();
        } while (!engine.isInside());
        long call = engine.begun();
        long windows = engine.windowsInCall();
        await(() -> group.isStable() && group.instances() == all - 1);
        Map<String, Instant> atTakeOver = committed.newest();
        await(() -> committed.haveAllPassed(atTakeOver));
        if (engine.ended() >= call) {
            throw new AssertionError("a frozen process has worked");
        }
        instance.process().thaw();
        await(() -> engine.ended() >= call);
        await(() -> group.isStable() && group.instances() == all);
        awaitWork(instance, 20);
        return windows;
    }

    /** A second instance joins while the first is inside the model, works, and leaves in good order. */
    void joinAndLeave(ServeProcess resident, String newcomerName) {
        EngineProbe engine = resident.engine();
        resident.setPaceMillis(1_500);
        ServeProcess newcomer = startInstance(newcomerName);
        await(() -> {
            long call = engine.begun();
            return engine.isInside() && group.isRebalancing() && engine.isInside() && engine.begun() == call;
        });
        resident.setPaceMillis(paceMillis);
        awaitWork(newcomer, 50);
        awaitInside(engine, 0);
        newcomer.process().terminate();
        forget(newcomer);
        Map<String, Instant> before = committed.newest();
        await(() -> committed.haveAllPassed(before));
    }

    /** For an instance that has ended and does not come back. */
    void forget(ServeProcess instance) {
        instance.close();
        instances.remove(instance);
    }

    /** Ends a node, {@code kill -9} or in good order, and starts it again. */
    void restartBroker(int node, boolean kill) {
        awaitOpenTransactions();
        if (kill) {
            brokers.kill(node);
        } else {
            brokers.terminate(node);
        }
        brokers.launch(node);
        brokers.awaitAll();
        awaitForecasts(200);
    }

    /** {@code kill -9} of one node of several; the others go on for so many forecasts before it comes back. */
    void killBrokerFor(int node, long forecasts) {
        awaitOpenTransactions();
        brokers.kill(node);
        awaitForecasts(forecasts);
        brokers.launch(node);
        brokers.awaitAll();
        awaitForecasts(200);
    }

    /** Ends feed and instances once all is forecast, lets an undisturbed application do the same readings, and compares. */
    Verdict verdict() {
        feed.end();
        instances.forEach(instance -> instance.setPaceMillis(0));
        await(() -> committed.haveReached(feed.newest()) && group.hasCommittedAll(inflow.inputs(topics)));
        OpenTransactions.awaitNone(brokers);
        instances.forEach(instance -> instance.process().terminate());
        Topics undisturbed = UndisturbedRun.of(brokers, directory, name, inflow, topics, feed.newest());
        OpenTransactions.awaitNone(brokers);
        String servers = brokers.bootstrapServers();
        return new Verdict(
                OutputVerifier.compare(OutputKind.FORECAST, servers, undisturbed.forecasts(), topics.forecasts()),
                OutputVerifier.compare(OutputKind.SCORE, servers, undisturbed.accuracy(), topics.accuracy()));
    }

    Topics topics() {
        return topics;
    }

    GroupView group() {
        return group;
    }

    CommittedForecasts committed() {
        return committed;
    }

    /** How many forecasts readers of committed records can see now. */
    long committedForecasts() {
        return CommittedRecords.of(brokers.bootstrapServers(), topics.forecasts())
                .size();
    }

    /** The name of one that has been forecast. */
    String aRegion() {
        return committed.newest().keySet().stream().sorted().findFirst().orElseThrow();
    }

    /** Ends the feed without waiting. */
    void abandonFeed() {
        feed.abandon();
    }

    /** How many readings were fed. */
    long readings() {
        return feed.count();
    }

    /** The valid time of each region's newest reading, once the feed has ended. */
    Map<String, Instant> newest() {
        return feed.newest();
    }

    /** How many forecasts there must be: one for each reading. */
    long forecastsDue() {
        return feed.count();
    }

    /** How many forecasts were written in transactions that were aborted. */
    long abortedForecasts() {
        return AbortedRecords.count(brokers.bootstrapServers(), topics.forecasts());
    }

    /** So that a fault hits some. */
    void awaitOpenTransactions() {
        try (Admin admin = brokers.admin()) {
            await(() -> !OpenTransactions.lags(admin).isEmpty());
        }
    }

    private static void awaitInside(EngineProbe engine, long millis) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> engine.isInsideFor(millis));
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    @Override
    public void close() {
        feed.abandon();
        committed.close();
        group.close();
        instances.forEach(ServeProcess::close);
    }
}
