package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.inference.TestModels;
import io.loadcast.streaming.TopicAdministration;
import io.loadcast.streaming.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One soak: random records into the application, random things done to its instances, and every record that comes out held against the
 * reference. The seed decides every action; only the moment at which a process is hit is chance. For one thread; closing it ends all that it
 * started.
 */
final class SoakRun implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    /** How often a kill waits for the moment that it is to hit; a busy machine may let it pass. */
    private static final int MOST_AIMS = 3;

    private static final int RECORDS_IN_FLIGHT = 400;
    private static final long SLOW_CALL_MILLIS = 200;
    private static final long OPEN_MILLIS = 50;

    private final BrokerCluster brokers;
    private final Path directory;
    private final Topics topics;
    private final Map<String, String> settings;
    private final Admin admin;
    private final GroupView group;
    private final Random dice;
    private final SoakOutputs outputs;
    private final SoakFeed feed;
    private final Map<String, Integer> faults = new TreeMap<>();
    private ServeProcess resident;
    private @Nullable ServeProcess newcomer;
    private int newcomers;

    /** Makes the topics and starts one instance. */
    SoakRun(BrokerCluster brokers, Path directory, long seed) {
        this.brokers = brokers;
        this.directory = directory.toAbsolutePath();
        this.topics = FaultRuns.topics("soak");
        this.settings = new HashMap<>(FaultRuns.settingsOf("soak", topics));
        settings.putAll(FaultRuns.QUICK_APPLICATION);
        // Else a newcomer only restores once the changelogs are long, for minutes, and no fault of it can hit any work.
        settings.put("kafka.streams.default.acceptable.recovery.lag", String.valueOf(Long.MAX_VALUE));
        settings.put("loadcast.model", model().toString());
        this.dice = new Random(seed + 2);
        try (TopicAdministration administration =
                TopicAdministration.connect(Map.of("bootstrap.servers", brokers.bootstrapServers()))) {
            administration.createMissing(topics, DisturbedRun.PARTITIONS, Optional.empty());
        }
        this.admin = brokers.admin();
        this.group = new GroupView(brokers.admin(), "soak", topics.readings());
        this.outputs = new SoakOutputs(brokers.bootstrapServers(), topics);
        this.feed = new SoakFeed(brokers.bootstrapServers(), topics.readings(), seed, outputs);
        this.resident = start("resident");
    }

    private Path model() {
        try {
            Files.createDirectories(directory);
            return Files.write(directory.resolve("daily-range.onnx"), TestModels.dailyRange());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServeProcess start(String name) {
        return new ServeProcess(directory, name, brokers.bootstrapServers(), settings, Map.of(), 0);
    }

    /** Sends so many records. */
    void feed(int count) {
        feed.send(count);
    }

    /** Does something to an instance, as the seed says. */
    void disturb() {
        if (outputs.difference() != null) {
            return;
        }
        int chance = dice.nextInt(100);
        ServeProcess other = newcomer;
        ServeProcess hit = other != null && dice.nextBoolean() ? other : resident;
        if (chance < 45) {
            kill(hit);
            hit.restart();
        } else if (chance < 60) {
            hit.process().terminate();
            count("restart");
            hit.restart();
        } else if (other == null) {
            join();
        } else if (chance < 85) {
            other.process().terminate();
            leave(other);
            count("leave");
        } else {
            kill(other);
            leave(other);
            count("leave for good by kill -9");
        }
    }

    private void count(String fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    /** {@code kill -9} inside a slow run of the model, while records of its transaction lie in the output topics; if that comes. */
    void kill(ServeProcess instance) {
        awaitServing();
        EngineProbe engine = instance.engine();
        instance.setPaceMillis(SLOW_CALL_MILLIS);
        boolean isInside = false;
        for (int aim = 0; aim < MOST_AIMS && !isInside; aim++) {
            feed.sendAtOnce(RECORDS_IN_FLIGHT);
            Map<Object, Long> openSince = new HashMap<>();
            isInside = isBefore(
                    Duration.ofSeconds(10),
                    () -> isTransactionOpen(openSince) && engine.isInsideFor(OPEN_MILLIS) && engine.isInside());
        }
        instance.process().kill();
        boolean hasHit = group.readings() > group.committedReadings();
        instance.setPaceMillis(0);
        count("kill -9");
        count(isInside && engine.isInside() ? "kill -9 inside the model" : "kill -9 elsewhere");
        assertThat(hasHit).as("readings were in flight when it was killed").isTrue();
    }

    /** Whether one has been, for longer than one that is just being committed. */
    private boolean isTransactionOpen(Map<Object, Long> openSince) throws ExecutionException, InterruptedException {
        long now = System.currentTimeMillis();
        Set<Object> open = new HashSet<>();
        OpenTransactions.lags(admin).forEach((partition, lag) -> {
            if (outputTopics().contains(partition.topic())) {
                open.add(partition + " at " + lag.stableOffset());
            }
        });
        openSince.keySet().retainAll(open);
        open.forEach(transaction -> openSince.putIfAbsent(transaction, now));
        return openSince.values().stream().anyMatch(since -> now - since >= OPEN_MILLIS);
    }

    private List<String> outputTopics() {
        return List.of(topics.forecasts(), topics.accuracy(), topics.alerts(), topics.deadLetters());
    }

    /** A second instance joins while readings come few at a time. */
    void join() {
        newcomers++;
        ServeProcess second = start("newcomer" + newcomers);
        newcomer = second;
        feed.trickle(60, 10);
        await(() -> group.instances() == 2 && group.isStable());
        count("join");
    }

    private void leave(ServeProcess instance) {
        if (instance.engine().windows() > 0) {
            count("newcomers that have forecast");
        }
        instance.close();
        newcomer = null;
    }

    /** The resident leaves by {@code kill -9}, and the newcomer has to take over. */
    void killResidentForGood() {
        kill(resident);
        resident.close();
        if (newcomer != null) {
            resident = newcomer;
            newcomer = null;
        }
    }

    /** So that a fault hits an instance that works. */
    private void awaitServing() {
        outputs.awaitAtMost(SoakFeed.MOST_OUTSTANDING / 2, PATIENCE);
        await(() -> group.isStable() && group.instances() == (newcomer == null ? 1 : 2));
    }

    /** Waits until everything has come out, ends the instances, and fails if anything was not as expected. */
    void verify() {
        outputs.awaitAtMost(0, PATIENCE);
        if (newcomer != null) {
            newcomer.process().terminate();
            leave(newcomer);
        }
        resident.process().terminate();
        outputs.close();
        long aborted = report();
        assertThat(outputs.difference()).as("the first difference").isNull();
        assertThat(outputs.outstanding()).as("records that did not come").isZero();
        assertThat(group.committedReadings()).as("readings committed").isEqualTo(feed.records());
        assertThat(aborted).as("records of transactions that faults hit").isPositive();
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(OpenTransactions.lags(admin)).isEmpty());
    }

    /** Returns how many output records were written in transactions that were aborted. */
    private long report() {
        System.out.println("soak: " + feed);
        System.out.println("soak: came out " + outputs.counts());
        long aborted = 0;
        for (String topic : outputTopics()) {
            aborted += AbortedRecords.count(brokers.bootstrapServers(), topic);
        }
        System.out.println("soak: faults " + faults + ", records aborted " + aborted);
        return aborted;
    }

    Map<String, Integer> faults() {
        return faults;
    }

    boolean isGood() {
        return outputs.difference() == null;
    }

    private static boolean isBefore(Duration patience, Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    @Override
    public void close() {
        feed.close();
        outputs.close();
        group.close();
        admin.close();
        resident.close();
        if (newcomer != null) {
            newcomer.close();
        }
    }
}
