package io.loadcast.cli;

import io.loadcast.dataset.DatasetException;
import io.loadcast.dataset.HourlyCsv;
import io.loadcast.feed.FeedException;
import io.loadcast.feed.FeedSummary;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.TimeOrderedReadings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code loadcast feed}: publishes the loads of CSV files as readings, in time order. Interrupted, it ends in good order. */
@Command(
        name = "feed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Publishes the loads of CSV files as readings, in time order.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all readings are acknowledged", "1:failed", "2:wrong usage"})
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
public final class FeedCommand implements Callable<Integer> {
    private static final String SOURCE = "/loadcast/feed/csv";
    private static final int SHUTDOWN_SECONDS = 10;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE|DIR",
            description = "One region's hourly loads, or a directory of such files.")
    private Path csv;

    @Mixin
    private CsvOptions csvOptions;

    @Option(
            names = "--hours",
            paramLabel = "N",
            description = "Only the last N hours, counted back from the newest (default: all).")
    private @Nullable Integer hours;

    @Option(
            names = "--speed",
            converter = OptionTypes.ToSpeed.class,
            paramLabel = "max|X",
            description = "As fast as the brokers take it, or X simulated hours per second (default: max).")
    private Speed speed = Speed.MAX;

    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT[,...]",
            description = "Kafka brokers to connect to.")
    private String bootstrapServers;

    @Option(
            names = "--topic",
            defaultValue = "loadcast.readings.v1",
            paramLabel = "NAME",
            description = "Topic of the readings; it must exist (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(
            names = "-K",
            paramLabel = "KEY=VALUE",
            description = "A Kafka client property; may be given several times.")
    private Map<String, String> kafka = new HashMap<>();

    @Option(names = "--json", description = "Prints the summary as one JSON document.")
    private boolean json;

    private final CountDownLatch finished = new CountDownLatch(1);

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            TimeOrderedReadings readings = readings();
            FeedSummary summary = publish(readings, new ProgressLines(err, readings.count()));
            print(new FeedReport(topic, readings.regions(), summary));
            return 0;
        } catch (DatasetException | FeedException e) {
            err.println(e.getMessage());
            return 1;
        } finally {
            finished.countDown();
        }
    }

    private TimeOrderedReadings readings() {
        if (hours != null && hours < 1) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--hours': " + hours + " is not positive");
        }
        TimeOrderedReadings all = TimeOrderedReadings.of(HourlyCsv.read(csv, csvOptions.format()));
        return hours == null ? all : all.last(hours);
    }

    private FeedSummary publish(TimeOrderedReadings readings, ProgressLines progress) {
        kafka.put("bootstrap.servers", bootstrapServers);
        try (ReadingsPublisher publisher = ReadingsPublisher.connect(kafka, topic, SOURCE)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                publisher.stop();
                awaitSummary();
            }));
            return publisher.publish(readings, speed, progress);
        }
    }

    private void print(FeedReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.toJson() : report.toText());
        out.flush();
    }

    /** Keeps an interrupted program alive until it has said how far it came. */
    private void awaitSummary() {
        try {
            if (!finished.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                spec.commandLine().getErr().println("interrupted before the brokers had acknowledged everything");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
