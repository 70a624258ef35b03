package io.loadcast.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.loadcast.app.DecisiveSettings;
import io.loadcast.bench.Bench;
import io.loadcast.bench.BenchLoads;
import io.loadcast.bench.BenchReport;
import io.loadcast.bench.BenchSettings;
import io.loadcast.dataset.HourlyCsv;
import io.loadcast.dataset.HourlySeries;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code loadcast bench}: how fast serving is here, and what it costs. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures serving on this machine: starts a broker and the topology, each in a process of its own, feeds "
                        + "them, and reports throughput, latency and cost.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed", "2:wrong usage"})
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class BenchCommand implements Callable<Integer> {
    private static final int DEFAULT_REGIONS = 1000;
    private static final int DEFAULT_TICKS = 100_000;
    private static final int LEAST_HOURS = 2;
    private static final int[] SWEEP_REGIONS = {12, 1_000, 10_000, 100_000};
    private static final int[] SWEEP_THREADS = {1, 2};

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--regions",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            description = "Regions of the imaginary grid (default: 1000), or the first N of the files (default: all).")
    private @Nullable Integer regions;

    @Option(
            names = "--hours",
            converter = OptionTypes.ToCount.class,
            paramLabel = "M",
            description = "Hours of each region that are measured (default: 100,000 forecasts' worth of the imaginary "
                    + "grid; all of the files).")
    private @Nullable Integer hours;

    @Option(
            names = "--csv",
            paramLabel = "FILE|DIR",
            description = "Hourly loads to feed, a region a file (default: an imaginary grid).")
    private @Nullable Path csv;

    @Mixin
    private CsvOptions csvOptions;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--partitions",
            converter = OptionTypes.ToCount.class,
            paramLabel = "P",
            defaultValue = "6",
            description = "Partitions of the topics (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--threads",
            converter = OptionTypes.ToCount.class,
            paramLabel = "T",
            description = "Stream threads (default: one for each core, as in serving).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--batch-size",
            converter = OptionTypes.ToCount.class,
            paramLabel = "B",
            description = "Forecasts in one run of the model, at most (default: that of serving).")
    private @Nullable Integer batchSize;

    @Option(
            names = "--lead-in",
            converter = OptionTypes.ToCount.class,
            paramLabel = "N",
            defaultValue = "30000",
            description = "Forecasts before the clock starts, at least (default: ${DEFAULT-VALUE}).")
    private int leadInTicks;

    @Option(
            names = "--set",
            converter = {ServingOptions.ToSettingName.class, ServingOptions.ToText.class},
            paramLabel = "KEY=VALUE",
            description = "One setting of serving, such as loadcast.forecast.linger=2ms. Repeatable.")
    private Map<String, String> set = new HashMap<>();

    @Option(
            names = "--sweep",
            description = "Repeat with 12, 1,000, 10,000 and 100,000 regions, on 1 and on 2 stream threads.")
    private boolean sweep;

    @Option(
            names = "--json",
            description = "Print one JSON document on stdout (an array with --sweep), all else on stderr.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Interruption interruption = Interruption.guard();
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (sweep) {
                sweep(interruption, out);
            } else {
                BenchReport report = bench(loads(), threads, interruption);
                out.println(json ? report.toJson().toString() : report.toText());
            }
            out.flush();
        } finally {
            interruption.handled();
        }
        return 0;
    }

    private void sweep(Interruption interruption, PrintWriter out) throws InterruptedException {
        List<BenchReport> reports = new ArrayList<>();
        for (int count : SWEEP_REGIONS) {
            for (int streamThreads : SWEEP_THREADS) {
                say("sweep: " + count + " regions, " + streamThreads + " stream threads");
                BenchReport report = bench(BenchLoads.synthetic(count, hoursOf(count)), streamThreads, interruption);
                reports.add(report);
                if (!json) {
                    out.println(report.toText());
                    out.println();
                    out.flush();
                }
            }
        }
        if (json) {
            ArrayNode all = new JsonMapper().createArrayNode();
            reports.forEach(report -> all.add(report.toJson()));
            out.println(all);
        }
    }

    private BenchReport bench(BenchLoads loads, int streamThreads, Interruption interruption)
            throws InterruptedException {
        Map<String, Object> serving = new HashMap<>(set);
        serving.putAll(model.settings());
        DecisiveSettings.of(serving, Optional.empty()); // before processes are started for nothing
        BenchSettings settings = new BenchSettings(
                partitions,
                streamThreads,
                batchSize == null ? OptionalInt.empty() : OptionalInt.of(batchSize),
                leadInTicks,
                serving);
        try (Bench bench = new Bench(settings, loads, this::say)) {
            interruption.then(bench::stop);
            return bench.run();
        }
    }

    private BenchLoads loads() {
        if (csv == null) {
            int count = regions == null ? DEFAULT_REGIONS : regions;
            return BenchLoads.synthetic(count, hours == null ? hoursOf(count) : hours);
        }
        List<HourlySeries> series = HourlyCsv.read(csv, csvOptions.formatOf(csv)).stream()
                .limit(regions == null ? Long.MAX_VALUE : regions)
                .toList();
        return hours == null ? BenchLoads.of(csv.toString(), series) : BenchLoads.of(csv.toString(), series, hours);
    }

    private static int hoursOf(int regions) {
        return Math.max(LEAST_HOURS, DEFAULT_TICKS / regions);
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("loadcast bench: " + line);
        err.flush();
    }
}
