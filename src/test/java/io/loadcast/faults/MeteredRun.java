package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.app.CommittedRecords;
import io.loadcast.streaming.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * A {@linkplain DisturbedRun run under faults} whose loads are read by meters, and what must hold of their sums. For one thread; closing it
 * ends all that it started.
 *
 * <p>What comes out is determined though partitions are worked on in any order: a region's meters share a key, so a partition, and with
 * it the order in which they are summed; hours of a region are decided by its own meters alone; and its metered readings keep their
 * order on the partition of the readings topic that its key gives them. Only what happens between regions is left to chance, and no
 * output shows it.
 */
final class MeteredRun implements AutoCloseable {
    private final BrokerCluster broker;
    private final String name;
    private final Admin admin;
    private final UnrulyMeters meters;
    private final DisturbedRun run;

    /**
     * Starts the feed.
     *
     * @param hoursInFlight how many hours of a region are fed ahead of those that are summed, all regions together
     * @param poisonPerThousand how many records of poison among the meter readings
     */
    MeteredRun(
            BrokerCluster broker, Path directory, String name, long seed, long hoursInFlight, int poisonPerThousand) {
        this.broker = broker;
        this.name = name;
        this.admin = broker.admin();
        this.meters = new UnrulyMeters(FaultRuns.topics(name).meterReadings(), seed, poisonPerThousand);
        this.run = new DisturbedRun(
                broker,
                directory.resolve(name),
                name,
                new MeterInflow(meters),
                seed,
                hoursInFlight,
                20,
                FaultRuns.QUICK_APPLICATION);
    }

    DisturbedRun run() {
        return run;
    }

    /** How many metered readings readers of committed records can see now. */
    long committedReadings() {
        return CommittedRecords.of(broker.bootstrapServers(), run.topics().readings())
                .size();
    }

    /**
     * Ends an instance with {@code kill -9} while metered readings lie in an open transaction.
     *
     * @param forecasts to wait for before
     * @return how many lay there after its death, uncommitted; 0 if it had come to an end in the last moment
     */
    long kill(ServeProcess instance, int forecasts) {
        run.awaitForecasts(forecasts);
        DisturbedRun.await(() -> openHours() > 0);
        long readings = run.group().readings();
        instance.process().kill();
        long open = openHours();
        Kill kill = new Kill(
                instance.engine().windowsInCall(), readings - run.group().committedReadings());
        System.out.println("faults: " + kill + ", metered readings in an open transaction " + open);
        assertThat(kill.lag()).as("meter readings in flight when it was killed").isPositive();
        return open;
    }

    private long openHours() {
        try {
            return OpenTransactions.lags(admin).entrySet().stream()
                    .filter(lag -> lag.getKey().topic().equals(run.topics().readings()))
                    .mapToLong(lag -> lag.getValue().records())
                    .sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException e) {
            throw new AssertionError("the broker did not answer", e);
        }
    }

    /** A second instance joins, sums meters of partitions that the first had, and leaves, in good order or not. */
    void joinAndLeave(String newcomerName, boolean kill) {
        Set<String> before = run.group().owners().keySet();
        assertThat(before).hasSize(1);
        long from = System.nanoTime();
        ServeProcess newcomer = run.startInstance(newcomerName);
        Map<String, Set<TopicPartition>> shared = new HashMap<>();
        DisturbedRun.await(() -> {
            shared.clear();
            shared.putAll(run.group().owners());
            return shared.size() == 2 && run.group().isStable();
        });
        shared.keySet().removeAll(before);
        Set<TopicPartition> taken = shared.values().iterator().next();
        Map<TopicPartition, Long> ends = run.group().ends();
        DisturbedRun.await(() ->
                taken.stream().allMatch(partition -> run.group().hasPassed(partition, ends.get(partition))));
        System.out.printf(
                "faults: an instance joined and summed the meters of %s up to what had come when it joined, in %.1f s%n",
                taken, (System.nanoTime() - from) / 1e9);
        if (kill) {
            newcomer.process().kill();
        } else {
            newcomer.process().terminate();
        }
        run.forget(newcomer);
        DisturbedRun.await(() ->
                run.group().owners().keySet().equals(before) && run.group().isStable());
    }

    /** Ends the run, and fails if anything was lost, doubled, out of order, or other than without faults and than what was metered. */
    void requireExactlyOnce() {
        Verdict verdict = run.verdict();
        Topics topics = run.topics();
        Topics undisturbed = FaultRuns.topics(name + ".undisturbed");
        String servers = broker.bootstrapServers();
        Tally metered =
                OutputVerifier.compare(OutputKind.METERED_READING, servers, undisturbed.readings(), topics.readings());
        long aborted = AbortedRecords.count(servers, topics.readings());
        FaultRuns.report("exactly once", run, verdict);
        System.out.println("faults:   metered   " + metered + ", " + aborted + " aborted");
        System.out.println("faults:   " + meters);
        assertThat(metered).matches(Tally::isExactlyOnce, "is exactly once");
        assertThat(metered.expected()).isGreaterThanOrEqualTo(run.readings());
        assertThat(verdict.forecasts()).matches(Tally::isExactlyOnce, "is exactly once");
        assertThat(verdict.forecasts().expected()).isGreaterThanOrEqualTo(run.forecastsDue());
        assertThat(verdict.scores()).matches(Tally::isExactlyOnce, "is exactly once");
        requireLoads();
        requireDeadLetters(topics.deadLetters());
        requireDeadLetters(undisturbed.deadLetters());
    }

    /** The newest revision of an hour is what the meters were made from. */
    private void requireLoads() {
        Map<String, Long> read = new HashMap<>();
        CommittedRecords.forEach(broker.bootstrapServers(), run.topics().readings(), record -> {
            JsonNode reading = Contract.json(record.value());
            read.put(
                    reading.get("region").asText() + "/"
                            + reading.get("valid_time").asText(),
                    reading.get("load_mw").decimalValue().movePointRight(6).longValueExact());
        });
        Map<String, Long> expected = meters.watts(run.newest());
        System.out.println("faults:   hours that are known to the watt " + expected.size());
        assertThat(expected.size()).isGreaterThan((int) run.readings() / 2);
        assertThat(read).containsAllEntriesOf(expected);
    }

    private void requireDeadLetters(String topic) {
        Set<String> seen = new HashSet<>();
        CommittedRecords.forEach(broker.bootstrapServers(), topic, letter -> {
            Header id = letter.headers().lastHeader(UnrulyMeters.POISON_HEADER);
            String reason = CommittedRecords.header(letter, "loadcast_reason");
            assertThat(id).as("a good meter reading, refused as " + reason).isNotNull();
            String poison = CommittedRecords.header(letter, UnrulyMeters.POISON_HEADER);
            assertThat(seen.add(poison)).as(poison + " came once").isTrue();
            assertThat(reason).as(poison).isEqualTo(meters.poison().get(poison));
        });
        System.out.println("faults:   dead letters " + seen.size() + " of "
                + meters.poison().size());
        assertThat(seen).isEqualTo(meters.poison().keySet());
    }

    @Override
    public void close() {
        run.close();
        admin.close();
    }
}
