package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.streaming.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** What the tests of faults share: settings under which a fault is over in seconds, and what must hold after it. */
final class FaultRuns {
    /** A broker that lets members have short sessions, and looks for transactions that are over every second. */
    static final Map<String, String> QUICK_BROKER = Map.of(
            "group.min.session.timeout.ms", "1000",
            "group.initial.rebalance.delay.ms", "0",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    /** Small batches, so that there are many; a dead or frozen instance is given up after some seconds. */
    static final Map<String, String> QUICK_APPLICATION = Map.of(
            "kafka.streams.default.num.stream.threads", "2",
            "loadcast.forecast.batch-size", "16",
            "kafka.streams.default.consumer.session.timeout.ms", "3000",
            "kafka.streams.default.consumer.heartbeat.interval.ms", "1000",
            "kafka.streams.default.producer.transaction.timeout.ms", "6000");

    /**
     * The same, but transactions outlive the restart of an only broker: one that times out while there is none may hang, see
     * {@code docs/reliability.md}.
     */
    static Map<String, String> outlivingABrokersRestart() {
        Map<String, String> settings = new HashMap<>(QUICK_APPLICATION);
        settings.put("kafka.streams.default.producer.transaction.timeout.ms", "60000");
        return settings;
    }

    private FaultRuns() {}

    /** A directory below {@code target} that was not there before. */
    static Path newDirectory(String name) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "faults"));
            return Files.createTempDirectory(parent, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, String> withTimeouts(String timeouts) {
        Map<String, String> settings = new HashMap<>(QUICK_APPLICATION);
        settings.put(TimeoutInjection.TIMEOUTS, timeouts);
        settings.put("kafka.streams.default.num.stream.threads", "1"); // its tasks share a transaction
        settings.put("loadcast.forecast.batch-size", "64"); // never full: all flushes are of punctuators
        return settings;
    }

    static Topics topics(String prefix) {
        return new Topics(
                prefix + ".readings",
                prefix + ".forecasts",
                prefix + ".accuracy",
                prefix + ".alerts",
                prefix + ".dead-letters",
                prefix + ".meter-readings",
                prefix + ".models");
    }

    /** What tells an application from others on the same brokers. */
    static Map<String, String> settingsOf(String applicationId, Topics topics) {
        return Map.of(
                "kafka.streams.default.application.id", applicationId,
                "loadcast.default-holidays", "none",
                "loadcast.topics.readings", topics.readings(),
                "loadcast.topics.forecasts", topics.forecasts(),
                "loadcast.topics.accuracy", topics.accuracy(),
                "loadcast.topics.alerts", topics.alerts(),
                "loadcast.topics.dead-letters", topics.deadLetters(),
                "loadcast.topics.meter-readings", topics.meterReadings(),
                "loadcast.topics.models", topics.models());
    }

    /** Lets so much time pass, as part of what is done. */
    static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Awaitility.await()
                .atMost(time.plusMinutes(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> System.nanoTime() >= end);
    }

    /** Without this, a test of faults would prove nothing. */
    static void requireInFlight(Kill... kills) {
        for (Kill kill : kills) {
            System.out.println("faults: " + kill);
            assertThat(kill.lag()).as("readings in flight when it was killed").isPositive();
        }
    }

    /** The process ends, and has said why and what to do. */
    static void requireStopped(ServeProcess instance, String reason) {
        long from = System.nanoTime();
        Awaitility.await()
                .atMost(DisturbedRun.PATIENCE.multipliedBy(2))
                .until(() -> !instance.process().isAlive());
        System.out.println("faults: exit " + instance.process().exitCode() + " after "
                + (System.nanoTime() - from) / 1_000_000 + " ms; " + instance.saying("the topology stops"));
        assertThat(instance.process().exitCode()).isEqualTo(1);
        assertThat(instance.saying("the topology stops: ").orElseThrow()).contains(reason, "--application-id");
    }

    static Verdict requireExactlyOnce(DisturbedRun run) {
        Verdict verdict = run.verdict();
        report("exactly once", run, verdict);
        assertThat(verdict.forecasts()).matches(Tally::isExactlyOnce, "is exactly once");
        assertThat(verdict.scores()).matches(Tally::isExactlyOnce, "is exactly once");
        assertThat(verdict.forecasts().expected())
                .as("one forecast for each reading from the second day on")
                .isEqualTo(run.forecastsDue());
        assertThat(verdict.scores().expected()).isPositive();
        return verdict;
    }

    static void report(String what, DisturbedRun run, Verdict verdict) {
        System.out.println("faults: " + what + ": " + run.readings() + " readings, " + run.abortedForecasts()
                + " forecasts aborted");
        System.out.println("faults:   forecasts " + verdict.forecasts());
        System.out.println("faults:   scores    " + verdict.scores());
    }
}
