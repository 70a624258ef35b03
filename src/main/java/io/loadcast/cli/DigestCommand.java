package io.loadcast.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.replay.ForecastDigest;
import io.loadcast.replay.NamedRegions;
import io.loadcast.streaming.Topics;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code loadcast digest}: the checksums of a topic of forecasts. */
@Command(
        name = "digest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Prints the SHA-256 of each region's forecasts and of all: two topics with the same one hold the same "
                        + "forecasts, to the last digit. --from and --to are of issue times.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed", "2:wrong usage"})
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class DigestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Topic of the forecasts. Default: loadcast.forecasts.v1.")
    private String topic = Topics.DEFAULT.forecasts();

    @Mixin
    private PeriodOptions period;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        ForecastDigest digest = new ForecastDigest(period.regions(), period.from(), period.before())
                .read(kafka.clientProperties(), topic);
        NamedRegions named = digest.namedRegions();
        if (named.noneIsThere()) {
            throw new ParameterException(spec.commandLine(), named.sentence("topic " + topic));
        }
        if (!named.absent().isEmpty()) {
            Notices.of(spec.commandLine()).say(named.sentence("topic " + topic));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode document = new JsonMapper().createObjectNode().put("topic", topic);
            if (!period.regions().isEmpty()) {
                named.absent().forEach(document.putArray("absent_regions")::add);
            }
            putTo(document, digest);
            out.println(document.toPrettyString());
        } else {
            digest.regions()
                    .forEach((region, one) -> out.printf(
                            Locale.ROOT,
                            "%s  %-12s %,9d forecasts, %s to %s%n",
                            one.sha256(),
                            region,
                            one.forecasts(),
                            one.firstIssueTime(),
                            one.lastIssueTime()));
            out.printf(
                    Locale.ROOT,
                    "%s  %-12s %,9d forecasts of %d regions%n",
                    digest.sha256(),
                    "(all)",
                    digest.forecasts(),
                    digest.regions().size());
        }
        out.flush();
        return 0;
    }

    static void putTo(ObjectNode document, ForecastDigest digest) {
        document.put("forecasts", digest.forecasts()).put("sha256", digest.sha256());
        ObjectNode regions = document.putObject("regions");
        digest.regions()
                .forEach((region, one) -> regions.putObject(region)
                        .put("forecasts", one.forecasts())
                        .put("first_issue_time", one.firstIssueTime().toString())
                        .put("last_issue_time", one.lastIssueTime().toString())
                        .put("sha256", one.sha256()));
    }
}
