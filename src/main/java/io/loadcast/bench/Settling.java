package io.loadcast.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until the application has forecast what was fed, and all of it is committed.
 *
 * <p>Costs what is measured as little as it can: while readings are still to be taken, it asks the application for a few counters; only then
 * the broker, every 25 ms, where the output topics end. The moment is the first look at ends that no later look finds changed, or open
 * to a transaction, within half a second; so it is found up to 25 ms late, and never early.
 */
final class Settling {
    private static final long LOOK_MILLIS = 25;
    private static final long QUIET_NANOS = Duration.ofMillis(500).toNanos();
    private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();
    private static final long PROGRESS_NANOS = Duration.ofSeconds(5).toNanos();

    private final Testbed testbed;
    private final OutputTopics outputs;
    private final Consumer<String> say;

    Settling(Testbed testbed, OutputTopics outputs, Consumer<String> say) {
        this.testbed = testbed;
        this.outputs = outputs;
        this.say = say;
    }

    /**
     * Waits.
     *
     * @param readings that the application is to have taken since it started
     * @throws BenchException if it does not come further for two minutes
     */
    Settled await(long readings) throws InterruptedException {
        awaitTaken(readings);
        Settled settled = look();
        while (System.nanoTime() - settled.nanos() < QUIET_NANOS) {
            Thread.sleep(LOOK_MILLIS);
            Map<TopicPartition, Long> ends = outputs.committedEnds();
            if (!ends.equals(settled.ends()) || !ends.equals(outputs.ends())) {
                settled = look();
            }
        }
        return settled;
    }

    private Settled look() throws InterruptedException {
        Map<TopicPartition, Long> ends = outputs.committedEnds();
        long nanos = System.nanoTime();
        return new Settled(nanos, testbed.progress(), testbed.servingUsage(), testbed.brokerUsage(), ends);
    }

    private void awaitTaken(long readings) throws InterruptedException {
        ServingProgress progress = testbed.progress();
        ServingProgress before = progress;
        long changed = System.nanoTime();
        long said = changed;
        while (progress.readings() < readings || progress.dueHours() > 0) {
            Thread.sleep(LOOK_MILLIS);
            progress = testbed.progress();
            long now = System.nanoTime();
            if (!progress.equals(before)) {
                before = progress;
                changed = now;
            } else if (now - changed > PATIENCE_NANOS) {
                throw new BenchException("the application took " + progress.readings() + " of " + readings
                        + " readings and goes no further; the log above may say why");
            }
            if (now - said > PROGRESS_NANOS) {
                said = now;
                say.accept(String.format(
                        Locale.ROOT,
                        "%,d of %,d readings taken, %,d forecasts",
                        progress.readings(),
                        readings,
                        progress.forecasts()));
            }
        }
    }
}
