package io.loadcast.cli;

import io.loadcast.forecasting.AlertKind;
import io.loadcast.streaming.AlertRecord;
import io.loadcast.streaming.AlertSubscription;
import io.loadcast.streaming.RegionSearch;
import io.loadcast.streaming.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code loadcast alerts}: prints what the alerts topic says, and goes on doing so if asked to. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints the alerts of a topic, a line for each that is raised or cleared, oldest first.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed", "2:wrong usage"})
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class AlertsCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--topic", paramLabel = "NAME", description = "Topic of the alerts (default: loadcast.alerts.v1).")
    private String topic = Topics.DEFAULT.alerts();

    @Option(names = "--follow", description = "Go on with what comes, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--active", description = "Of what has come so far, only what is raised and not cleared.")
    private boolean active;

    @Option(
            names = "--region",
            split = ",",
            paramLabel = "NAME",
            description = "Only alerts of these regions (default: all, and those of no region).")
    private Set<String> regions = new TreeSet<>();

    @Option(
            names = "--kind",
            split = ",",
            converter = ToKind.class,
            paramLabel = "KIND",
            description = "Only alerts of these kinds, such as outside-interval (default: all).")
    private Set<AlertKind> kinds = EnumSet.noneOf(AlertKind.class);

    @Option(names = "--json", description = "Print each record as it is, one JSON document a line.")
    private boolean json;

    @Override
    public Integer call() {
        Interruption interruption = Interruption.guard();
        try (AlertSubscription alerts = AlertSubscription.open(kafka.clientProperties(), topic)) {
            interruption.then(alerts::stop);
            List<AlertRecord> soFar = soFar(alerts);
            print(soFar);
            if (soFar.isEmpty()) {
                err("none so far");
                RegionSearch.absent(kafka.clientProperties(), Topics.DEFAULT.readings(), regions)
                        .ifPresent(this::err);
            }
            while (follow && !alerts.isStopped()) {
                print(ofInterest(alerts.next(POLL)));
            }
            if (alerts.unreadable() > 0) {
                err(alerts.unreadable() + " records of topic " + topic + " are no alerts");
            }
            return 0;
        } finally {
            interruption.handled();
        }
    }

    private void err(String message) {
        spec.commandLine().getErr().println("loadcast alerts: " + message);
        spec.commandLine().getErr().flush();
    }

    /** By time: a topic has an order of its records only within a partition. */
    private List<AlertRecord> soFar(AlertSubscription subscription) {
        List<AlertRecord> all = new ArrayList<>(ofInterest(subscription.soFar()));
        if (active) {
            Set<String> cleared = all.stream()
                    .filter(alert -> alert.cleared() != null)
                    .map(AlertRecord::id)
                    .collect(Collectors.toSet());
            all.removeIf(alert -> cleared.contains(alert.id()));
        }
        all.sort(Comparator.comparing(AlertRecord::time).thenComparing(AlertRecord::id));
        return all;
    }

    private List<AlertRecord> ofInterest(List<AlertRecord> alerts) {
        Set<String> wanted = kinds.stream().map(AlertKind::key).collect(Collectors.toSet());
        return alerts.stream()
                .filter(alert -> regions.isEmpty() || regions.contains(alert.region()))
                .filter(alert -> kinds.isEmpty() || wanted.contains(alert.kind()))
                .toList();
    }

    private void print(List<AlertRecord> alerts) {
        PrintWriter out = spec.commandLine().getOut();
        alerts.forEach(alert -> out.println(json ? alert.json() : line(alert)));
        out.flush();
    }

    private static String line(AlertRecord alert) {
        return String.format(
                Locale.ROOT,
                "%s  %-7s  %-8s  %-16s  %s",
                alert.time(),
                alert.cleared() == null ? "raised" : "cleared",
                alert.severity(),
                alert.kind(),
                alert.message() + (alert.cleared() == null ? "" : " (raised " + alert.raised() + ")"));
    }

    /** A kind of alert, as records name it. */
    static final class ToKind implements ITypeConverter<AlertKind> {
        @Override
        public AlertKind convert(String text) {
            return Arrays.stream(AlertKind.values())
                    .filter(kind -> kind.key().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is no kind of alert; kinds are "
                            + Arrays.stream(AlertKind.values())
                                    .map(AlertKind::key)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
