package io.loadcast.bench;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Reading;
import io.loadcast.feed.FeedException;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.forecasting.ModelManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One benchmark of serving, from the start of the broker to the report; {@link Timeline} says in which parts. One thread runs it,
 * once; any may {@link #stop} it. Whoever made it closes it.
 */
public final class Bench implements AutoCloseable {
    private static final int LEAST_IDLE_MILLIS = 20;
    private static final int MOST_IDLE_MILLIS = 140;
    private static final long IDLE_SEED = 1;

    private final BenchSettings settings;
    private final BenchLoads loads;
    private final Consumer<String> say;
    private final Timeline timeline;
    private final List<HourlySeries> series;
    private final Testbed testbed;
    private final OutputTopics outputs;
    private final CommittedForecasts forecasts;
    private final Settling settling;

    private volatile @Nullable Thread runner;

    /** Readings that the running application was to take so far. */
    private long fed;

    /**
     * Makes the loads, and starts the broker.
     *
     * @param say is told what goes on, a line at a time
     * @throws BenchException if a region has too few hours, or the broker does not start
     * @throws io.loadcast.forecasting.ForecastEngineException if the model cannot be read
     * @throws IllegalArgumentException if the model does not forecast a region
     */
    public Bench(BenchSettings settings, BenchLoads loads, Consumer<String> say) {
        this.settings = settings;
        this.loads = loads;
        this.say = say;
        ModelManifest manifest = BenchSettings.modelOf(settings.serving()).manifest();
        this.timeline =
                Timeline.of(loads.regions(), manifest.lookbackHours(), manifest.horizonHours(), settings.leadInTicks());
        this.series = loads.series(timeline);
        series.forEach(one -> manifest.requireForecasts(one.region()));
        say.accept("starts a broker");
        this.testbed = Testbed.open(settings, loads.civilCalendar());
        this.outputs = new OutputTopics(testbed.kafka(), Testbed.TOPICS, settings.partitions());
        this.forecasts = new CommittedForecasts(testbed.kafka(), Testbed.TOPICS.forecasts(), settings.partitions());
        this.settling = new Settling(testbed, outputs, say);
    }

    /** Ends {@link #run} soon, with an exception; from any thread. */
    public void stop() {
        testbed.kill();
        Thread running = runner;
        if (running != null) {
            running.interrupt();
        }
    }

    /** A run that was timed. */
    private record Run(Settled before, Settled after, long startNanos, long ticks) {
        double seconds() {
            return (after.nanos() - startNanos) / 1e9;
        }
    }

    /**
     * Measures.
     *
     * @throws BenchException if it cannot; the message says why
     */
    public BenchReport run() throws InterruptedException {
        runner = Thread.currentThread();
        ServingProcess.Ready serving = testbed.startServing(settings.batchSize());
        say.accept("feeds warm-up and lead-in");
        feed(timeline.warmUpAndLeadIn(series));
        Run run = measure(timeline.measured(series));
        say.accept("measures the ceiling");
        SortedMap<Integer, Double> ceilings = new TreeMap<>(testbed.application()
                .ask(ServingProcess.CEILING, ServingProcess.MeasuredCeiling.class)
                .windowsPerSecondByBatch());
        Latencies burst = bursts();
        Iterator<Reading> lone = timeline.lone(series).iterator();
        Latencies loneTicks = loneTicks(lone);

        double restoreSeconds = restart(lone);
        say.accept("feeds the lead-in of batches of one");
        feed(timeline.batch1LeadIn(series));
        Run batch1 = measure(timeline.batch1(series));
        return report(serving, run, ceilings, batch1, burst, loneTicks, restoreSeconds);
    }

    /** Feeds, and waits until all is forecast. */
    private Settled feed(Iterable<Reading> readings) throws InterruptedException {
        fed += testbed.publish(readings);
        return settling.await(fed);
    }

    /** Loads the topic while the topology is paused, then lets it go. */
    private Run measure(Iterable<Reading> readings) throws InterruptedException {
        testbed.application().ask(ServingProcess.PAUSE, ServingProgress.class);
        Settled loaded = settling.await(fed);
        say.accept("loads what will be measured");
        fed += testbed.publish(readings);
        ServingUsage usage = testbed.servingUsage();
        BrokerUsage brokerUsage = testbed.brokerUsage();
        // What was written is counted from before the readings were loaded; the CPU, from now on.
        Settled before = new Settled(
                System.nanoTime(),
                loaded.progress(),
                usage,
                new BrokerUsage(brokerUsage.cpuNanos(), loaded.broker().bytesIn()),
                loaded.ends());
        say.accept("measures");
        long start = System.nanoTime();
        testbed.application().ask(ServingProcess.RESUME, ServingProgress.class);
        Settled after = settling.await(fed);
        long ticks = after.progress().ticks() - before.progress().ticks();
        requireAllCommitted(before, after, ticks);
        Run run = new Run(before, after, start, ticks);
        say.accept(String.format(Locale.ROOT, "%,d ticks in %.2f s", ticks, run.seconds()));
        return run;
    }

    private void requireAllCommitted(Settled before, Settled after, long ticks) {
        if (ticks == 0) {
            throw new BenchException("nothing was forecast: the model may not know these regions, or the loads have"
                    + " gaps; give it files of regions that it was trained on");
        }
        long counted = after.progress().forecasts() - before.progress().forecasts();
        long committed = forecasts.countBetween(before.ends(), after.ends());
        if (committed != counted) {
            throw new BenchException("the application counts " + counted + " forecasts, the topic " + committed
                    + "; a fault made it repeat work, see the log above");
        }
    }

    /** One region's hour for all regions at the same instant; of some bursts, the one in the middle by its last forecast. */
    private Latencies bursts() throws InterruptedException {
        List<Latencies> bursts = new ArrayList<>();
        try (ReadingsPublisher publisher = testbed.publisher(Map.of())) {
            for (int number = 0; number < Timeline.BURSTS; number++) {
                say.accept("sends burst " + (number + 1) + " of " + Timeline.BURSTS);
                Iterable<Reading> readings = timeline.burst(series, number);
                Set<CommittedForecasts.Issue> issues = forecasts.of(readings);
                fed += issues.size();
                forecasts.seekToEnd(outputs.committedEnds());
                long start = System.nanoTime();
                CompletableFuture<Void> sent =
                        CompletableFuture.runAsync(() -> publisher.publish(readings, Speed.MAX, FeedProgress.NONE));
                bursts.add(forecasts.await(issues, start));
                sent.join();
                settling.await(fed);
            }
        } catch (CompletionException e) {
            throw e.getCause() instanceof FeedException failure ? failure : e;
        }
        bursts.sort(Comparator.comparingDouble(Latencies::maxMillis));
        return bursts.get(bursts.size() / 2);
    }

    /** One reading at a time, with nothing before and after it. */
    private Latencies loneTicks(Iterator<Reading> readings) throws InterruptedException {
        say.accept("sends " + Timeline.LONE_TICKS + " lone readings");
        Random idle = new Random(IDLE_SEED); // else the ticks would keep step with the commits
        long[] nanos = new long[Timeline.LONE_TICKS];
        forecasts.seekToEnd(outputs.committedEnds());
        try (ReadingsPublisher publisher = testbed.publisher(Map.of("linger.ms", "0"))) {
            for (int tick = 0; tick < nanos.length && readings.hasNext(); tick++) {
                Thread.sleep(idle.nextInt(LEAST_IDLE_MILLIS, MOST_IDLE_MILLIS));
                List<Reading> one = List.of(readings.next());
                Set<CommittedForecasts.Issue> issue = forecasts.of(one);
                long start = System.nanoTime();
                publisher.publish(one, Speed.MAX, FeedProgress.NONE);
                nanos[tick] = (long) (forecasts.await(issue, start).maxMillis() * 1e6);
                fed++;
            }
        }
        return new Latencies(nanos);
    }

    /**
     * Starts the application again without its state, with batches of one.
     *
     * @param left readings of the hours of the lone ticks that are still to be fed, afterwards
     * @return seconds from the start of its process until it runs
     */
    private double restart(Iterator<Reading> left) throws InterruptedException {
        settling.await(fed);
        say.accept("restarts the application without its state");
        testbed.stopServingAndForget();
        long start = System.nanoTime();
        testbed.startServing(OptionalInt.of(1));
        double seconds = (System.nanoTime() - start) / 1e9;
        fed = 0;
        Settled restored = feed(() -> left);
        if (restored.progress().firstReadings() > 0) {
            throw new BenchException(restored.progress().firstReadings() + " regions were not restored");
        }
        return seconds;
    }

    private BenchReport report(
            ServingProcess.Ready serving,
            Run run,
            SortedMap<Integer, Double> ceilings,
            Run batch1,
            Latencies burst,
            Latencies lone,
            double restoreSeconds) {
        ServingUsage before = run.before().serving();
        ServingUsage after = run.after().serving();
        long inference = after.inferenceCpuNanos() - before.inferenceCpuNanos();
        return new BenchReport(
                loads.source(),
                loads.regions(),
                settings,
                serving.model(),
                serving.device(),
                run.ticks(),
                run.seconds(),
                ceilings,
                batch1.ticks() / batch1.seconds(),
                BenchReport.Latency.of(burst),
                BenchReport.Latency.of(lone),
                inference,
                after.cpuNanos() - before.cpuNanos() - inference,
                run.after().broker().cpuNanos() - run.before().broker().cpuNanos(),
                difference(after.cpuNanosByThreads(), before.cpuNanosByThreads()),
                after.batchCapacity(),
                (double) (after.modelWindows() - before.modelWindows()) / (after.modelRuns() - before.modelRuns()),
                difference(run.after().broker().bytesIn(), run.before().broker().bytesIn()),
                after.allocatedBytes() - before.allocatedBytes(),
                after.peakRssBytes(),
                restoreSeconds);
    }

    private static SortedMap<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
        Map<String, Long> start = new HashMap<>(before);
        SortedMap<String, Long> difference = new TreeMap<>();
        after.forEach((name, value) -> difference.put(name, value - start.getOrDefault(name, 0L)));
        return difference;
    }

    @Override
    public void close() {
        forecasts.close();
        outputs.close();
        testbed.close();
    }
}
