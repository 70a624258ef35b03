package io.loadcast.cli;

import io.loadcast.app.Demo;
import io.loadcast.dataset.HourlyCsv;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.feed.MeterFleet;
import io.loadcast.feed.Speed;
import io.loadcast.feed.SyntheticGrid;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code loadcast demo}: the main job, from readings to running sMAPE, with everything it needs in one process. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts a Kafka broker of its own, feeds it with loads, and shows forecasts and their running error.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed", "2:wrong usage"})
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class DemoCommand implements Callable<Integer> {
    private static final ZoneId SYNTHETIC_ZONE = ZoneId.of("America/New_York");
    private static final int SYNTHETIC_REGIONS = 6;
    private static final long SYNTHETIC_SEED = 1;
    private static final Speed WATCHABLE = new Speed(40);
    private static final long LOOK_MILLIS = 500;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--csv",
            paramLabel = "FILE|DIR",
            description = "Hourly loads to feed, a region a file (default: an imaginary grid).")
    private @Nullable Path csv;

    @Mixin
    private CsvOptions csvOptions;

    @Option(
            names = "--hours",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            defaultValue = "2000",
            description = "The last N hours of each region (default: ${DEFAULT-VALUE}).")
    private int hours;

    @Option(
            names = "--regions",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            description =
                    "How many regions: of the imaginary grid (default: 6), or the first N of the files (default: all).")
    private @Nullable Integer regions;

    @Option(
            names = "--meters",
            converter = OptionTypes.ToMeterFleet.class,
            paramLabel = "N",
            description = "Feed each region through N imaginary meters of mixed cadences, whose sum is its load.")
    private @Nullable MeterFleet meters;

    @Option(
            names = "--speed",
            converter = OptionTypes.ToSpeed.class,
            paramLabel = "max|X",
            description = "As fast as it goes, or X hours of load per second (default: max with --exit, else 40).")
    private @Nullable Speed speed;

    @Option(names = "--exit", description = "End when all is forecast and scored, with a summary.")
    private boolean exit;

    @Option(names = "--json", description = "Print the summary as one JSON document on stdout, all else on stderr.")
    private boolean json;

    @Mixin
    private ModelOptions model;

    @Mixin
    private HttpOptions http;

    @Override
    public Integer call() throws TimeoutException, InterruptedException {
        long startNanos = System.nanoTime();
        List<HourlySeries> series = series();
        Interruption interruption = Interruption.guard();
        try (Demo demo = start(series)) {
            interruption.then(demo::stop);
            print(run(demo, series, startNanos));
            if (!exit && !interruption.happened()) {
                sayWhatGoesOn(demo);
                return untilStopped(demo, interruption);
            }
        } finally {
            interruption.handled();
        }
        return 0;
    }

    /** What is printed stands still from here on, and somebody may wait for it to move. */
    private void sayWhatGoesOn(Demo demo) {
        say("the feed has ended, and the figures above are final. It goes on serving until Ctrl-C:");
        demo.server().url().ifPresent(url -> say("  the page is at %s", url));
        say("  the Kafka broker is at %s, for readings of your own too", demo.bootstrapServers());
        say("  to replay what was fed: ./loadcast replay -b %s %s", demo.bootstrapServers(), demo.calendarSettings());
    }

    /** 0 when stopped from outside, 1 when the topology has given up. */
    private int untilStopped(Demo demo, Interruption interruption) throws InterruptedException {
        while (!interruption.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (demo.server().hasStopped()) {
                say("the topology has stopped by itself; the log above says why");
                return 1;
            }
        }
        return 0;
    }

    private List<HourlySeries> series() {
        if (csv == null) {
            int count = regions == null ? SYNTHETIC_REGIONS : regions;
            say("no --csv: feeding an imaginary grid of %d regions (seed %d)", count, SYNTHETIC_SEED);
            return Usage.of(spec, () -> new SyntheticGrid(count, SYNTHETIC_ZONE, SYNTHETIC_SEED))
                    .seriesBefore(Instant.now().truncatedTo(ChronoUnit.HOURS), hours);
        }
        return HourlyCsv.read(csv, csvOptions.formatOf(csv)).stream()
                .limit(regions == null ? Long.MAX_VALUE : regions)
                .map(one -> one.last(hours))
                .toList();
    }

    private Demo start(List<HourlySeries> series) throws TimeoutException, InterruptedException {
        Map<String, Object> settings = new HashMap<>(model.settings());
        settings.putAll(http.settings());
        Demo demo = Demo.start(series.get(0).civilCalendar(), settings, Optional.ofNullable(meters));
        say("Kafka broker on %s", demo.bootstrapServers());
        demo.server().url().ifPresent(url -> say("HTTP at %s%s", url, http.isAt(url) ? "" : ", as its port is taken"));
        say(
                "model %s %s on %s",
                demo.server().model().name(),
                demo.server().model().version(),
                demo.server().device());
        return demo;
    }

    private DemoReport run(Demo demo, List<HourlySeries> series, long startNanos) throws InterruptedException {
        try (DemoScreen screen = DemoScreen.show(demo.view(), spec.commandLine())) {
            long feedNanos = System.nanoTime();
            demo.feed(series, speed());
            demo.awaitProcessed();
            long now = System.nanoTime();
            return DemoReport.of(demo, csv == null ? "synthetic" : csv.toString(), now - feedNanos, now - startNanos);
        }
    }

    private Speed speed() {
        if (speed != null) {
            return speed;
        }
        return exit ? Speed.MAX : WATCHABLE;
    }

    private void print(DemoReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.toJson() : report.toText());
        out.flush();
    }

    private void say(String format, Object... arguments) {
        Notices.of(spec.commandLine()).say(String.format(Locale.ROOT, format, arguments));
    }
}
