package io.loadcast.cli;

import io.loadcast.feed.FeedSummary;
import io.loadcast.feed.MeterFleet;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.TimeOrderedReadings;
import io.loadcast.streaming.Topics;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Spec
    private CommandSpec spec;

    @Mixin
    private SeriesOptions series;

    @Option(
            names = "--hours",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            description = "Only the last N hours, counted back from the newest (default: all).")
    private @Nullable Integer hours;

    @Option(
            names = "--speed",
            converter = OptionTypes.ToSpeed.class,
            paramLabel = "max|X",
            description = "As fast as the brokers take it, or X simulated hours per second (default: max).")
    private Speed speed = Speed.MAX;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--meters",
            converter = OptionTypes.ToMeterFleet.class,
            paramLabel = "N",
            description = "Send each reading as those of N imaginary meters of mixed cadences, whose sum it is.")
    private @Nullable MeterFleet meters;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Topic of the readings; it must exist (default: loadcast.readings.v1, and with --meters"
                    + " loadcast.meter-readings.v1).")
    private @Nullable String topic;

    @Option(names = "--json", description = "Prints the summary as one JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        Interruption interruption = Interruption.guard();
        try {
            TimeOrderedReadings readings = readings();
            FeedSummary summary = publish(readings, interruption);
            print(new FeedReport(topic(), readings.regions(), summary));
            return 0;
        } finally {
            interruption.handled();
        }
    }

    private TimeOrderedReadings readings() {
        TimeOrderedReadings all = TimeOrderedReadings.of(series.read());
        return hours == null ? all : all.last(hours);
    }

    private FeedSummary publish(TimeOrderedReadings readings, Interruption interruption) {
        ProgressLines progress = new ProgressLines(spec.commandLine().getErr(), readings.count());
        try (ReadingsPublisher publisher = publisher()) {
            interruption.then(publisher::stop);
            return publisher.publish(readings, speed, progress);
        }
    }

    private ReadingsPublisher publisher() {
        return meters == null
                ? ReadingsPublisher.connect(kafka.clientProperties(), topic(), SOURCE)
                : ReadingsPublisher.connect(kafka.clientProperties(), topic(), SOURCE, meters);
    }

    private String topic() {
        if (topic != null) {
            return topic;
        }
        return meters == null ? Topics.DEFAULT.readings() : Topics.DEFAULT.meterReadings();
    }

    private void print(FeedReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.toJson() : report.toText());
        out.flush();
    }
}
