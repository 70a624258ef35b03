package io.loadcast.cli;

import io.loadcast.domain.Region;
import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.GoldenInference;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.inference.ServingEngine;
import io.loadcast.models.AccuracyTopic;
import io.loadcast.models.ChallengerComparison;
import io.loadcast.models.ModelCatalog;
import io.loadcast.models.ModelChanges;
import io.loadcast.models.ModelDescriptor;
import io.loadcast.models.ModelDownload;
import io.loadcast.models.ModelRecord;
import io.loadcast.models.ModelScope;
import io.loadcast.models.ModelTopicReader;
import io.loadcast.models.ModelTopicWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loadcast models}: which models instances forecast with, changed while they run. */
@Command(
        name = "models",
        description = "Publish models, and say which of them forecast, while instances run.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(publish | list | promote | rollback | retire | judge)")
final class ModelsCommand {
    private static final String MODEL = "NAME@VERSION, or the first digits of its checksum.";
    private static final String TOPIC = "loadcast.models.v1";
    private static final String TOPIC_HELP = "The models topic. Default: " + TOPIC + ".";
    private static final String REGIONS_HELP =
            "Regions that are to have a model of their own, separated by commas. Default: all that have none.";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            name = "publish",
            description = "Check a model file as serving does, and publish it.",
            mixinStandardHelpOptions = true)
    int publish(
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "FILE", description = "Model file.") Path file,
            @Option(
                            names = "--role",
                            paramLabel = "champion|challenger",
                            description =
                                    "champion: it forecasts, from now on. challenger: it is loaded beside the champion."
                                            + " Default: neither; it can be promoted later.")
                    ModelChanges.@Nullable Role role,
            @Option(
                            names = "--regions",
                            split = ",",
                            converter = OptionTypes.ToRegion.class,
                            paramLabel = "REGION",
                            description = REGIONS_HELP)
                    Region @Nullable [] regions,
            @Option(
                            names = "--uri",
                            paramLabel = "URI",
                            description =
                                    "Where all instances can fetch the same file (http, https, file): it is not put into"
                                            + " the topic, which holds files of up to 16 MB.")
                    @Nullable
                    URI uri,
            @Option(names = "--topic", paramLabel = "NAME", defaultValue = TOPIC, description = TOPIC_HELP)
                    String topic) {
        ModelFile model = ModelFile.read(file);
        requireServable(model);
        ModelDescriptor descriptor = new ModelDescriptor(
                model.id(),
                model.manifest().architecture(),
                model.manifest().lookbackHours(),
                model.manifest().horizonHours(),
                model.sizeBytes(),
                uri,
                now());
        if (uri != null) {
            requireSame(uri, model);
        }
        warnOfAnotherLookback(descriptor);
        byte[] bytes = model.bytes();
        change(
                kafka,
                topic,
                catalog -> ModelChanges.publish(catalog, descriptor, bytes, role, scopes(regions)),
                "published " + descriptor.name() + " " + descriptor.id().sha256());
        return 0;
    }

    @Command(
            name = "promote",
            description = "Have a published model forecast, in place of the champion.",
            mixinStandardHelpOptions = true)
    int promote(
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "MODEL", description = MODEL) String model,
            @Option(
                            names = "--regions",
                            split = ",",
                            converter = OptionTypes.ToRegion.class,
                            paramLabel = "REGION",
                            description = REGIONS_HELP)
                    Region @Nullable [] regions,
            @Option(names = "--topic", paramLabel = "NAME", defaultValue = TOPIC, description = TOPIC_HELP)
                    String topic) {
        change(
                kafka,
                topic,
                catalog -> ModelChanges.promote(catalog, catalog.named(model), scopes(regions), now()),
                "promoted " + model);
        return 0;
    }

    @Command(
            name = "rollback",
            description = "Have the champion before forecast again.",
            mixinStandardHelpOptions = true)
    int rollBack(
            @Mixin KafkaOptions kafka,
            @Option(
                            names = "--regions",
                            split = ",",
                            converter = OptionTypes.ToRegion.class,
                            paramLabel = "REGION",
                            description = REGIONS_HELP)
                    Region @Nullable [] regions,
            @Option(names = "--topic", paramLabel = "NAME", defaultValue = TOPIC, description = TOPIC_HELP)
                    String topic) {
        change(kafka, topic, catalog -> ModelChanges.rollBack(catalog, scopes(regions), now()), "rolled back");
        return 0;
    }

    @Command(
            name = "retire",
            description = "Take a model out that is champion of nothing, and delete its file.",
            mixinStandardHelpOptions = true)
    int retire(
            @Mixin KafkaOptions kafka,
            @Parameters(paramLabel = "MODEL", description = MODEL) String model,
            @Option(names = "--topic", paramLabel = "NAME", defaultValue = TOPIC, description = TOPIC_HELP)
                    String topic) {
        change(kafka, topic, catalog -> ModelChanges.retire(catalog, catalog.named(model), now()), "retired " + model);
        return 0;
    }

    @Command(
            name = "list",
            description = "List the published models, and which of them are assigned to what.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin KafkaOptions kafka,
            @Option(names = "--topic", paramLabel = "NAME", defaultValue = TOPIC, description = TOPIC_HELP)
                    String topic,
            @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        try (ModelTopicReader reader = ModelTopicReader.connect(kafka.clientProperties(), topic)) {
            reader.readToEnd();
            print(reader.catalog(), json);
        }
        return 0;
    }

    @Command(
            name = "judge",
            description = "Compare challengers with the champion of all regions by what they scored lately.",
            mixinStandardHelpOptions = true)
    int judge(
            @Mixin KafkaOptions kafka,
            @Option(
                            names = "--hours",
                            paramLabel = "N",
                            defaultValue = "168",
                            description = "How many of the newest hours: 48 to 168. Default: ${DEFAULT-VALUE}.")
                    int hours,
            @Option(
                            names = "--margin",
                            paramLabel = "SHARE",
                            defaultValue = "0.02",
                            description = "By which share a challenger has to err less. Default: ${DEFAULT-VALUE}.")
                    double margin,
            @Option(names = "--promote", description = "Promote the best, if it is better by the rule.")
                    boolean promote,
            @Option(
                            names = "--accuracy-topic",
                            paramLabel = "NAME",
                            defaultValue = "loadcast.accuracy.v1",
                            description = "The accuracy topic. Default: ${DEFAULT-VALUE}.")
                    String accuracyTopic,
            @Option(names = "--topic", paramLabel = "NAME", defaultValue = TOPIC, description = TOPIC_HELP)
                    String topic) {
        PromotionRule rule = rule(hours, margin);
        List<ChallengerComparison.Row> rows = AccuracyTopic.compare(kafka.clientProperties(), accuracyTopic, rule);
        PrintWriter out = spec.commandLine().getOut();
        JudgedModels.print(rows, rule, out);
        out.flush();
        if (promote) {
            rows.stream()
                    .filter(row -> row.verdict().isBetter())
                    .findFirst()
                    .ifPresent(best -> change(
                            kafka,
                            topic,
                            catalog -> ModelChanges.promoteOver(
                                    catalog, best.championSha256(), best.challengerSha256(), now()),
                            "promoted " + best.challenger()));
        }
        return 0;
    }

    private PromotionRule rule(int hours, double margin) {
        try {
            return new PromotionRule(hours, margin);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(
                    spec.commandLine().getSubcommands().get("judge"), "--" + e.getMessage(), e);
        }
    }

    private void change(
            KafkaOptions kafka, String topic, Function<ModelCatalog, List<ModelRecord>> change, String done) {
        ModelCatalog changed = ModelTopicWriter.change(kafka.clientProperties(), topic, change);
        PrintWriter err = spec.commandLine().getErr();
        err.println("loadcast models: " + done);
        err.flush();
        print(changed, false);
    }

    private void print(ModelCatalog catalog, boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ModelList.json(catalog));
        } else {
            ModelList.print(catalog, out);
        }
        out.flush();
    }

    private static List<ModelScope> scopes(Region @Nullable [] regions) {
        return regions == null
                ? List.of(ModelScope.ALL)
                : Arrays.stream(regions).distinct().map(ModelScope::new).toList();
    }

    /** As instances will find it; but whether it fits their states, only they know. */
    private void requireServable(ModelFile model) {
        ForecastBatch.requireServable(model.manifest());
        try (ForecastEngine engine = OnnxForecastEngine.open(model, new EngineOptions(Device.CPU, 1))) {
            GoldenInference.require(engine, ServingEngine.CPU_WINDOWS);
        }
    }

    private void warnOfAnotherLookback(ModelDescriptor model) {
        int shipped = ModelFile.shipped().manifest().lookbackHours();
        if (model.lookbackHours() != shipped) {
            spec.commandLine()
                    .getErr()
                    .println("loadcast models: " + model.name() + " looks back " + model.lookbackHours()
                            + " hours, the shipped model " + shipped
                            + ": only instances that were started with a model of as many hours will take it");
        }
    }

    private static void requireSame(URI uri, ModelFile model) {
        String found = ModelFile.sha256(ModelDownload.of(uri, model.sizeBytes()));
        if (!found.equals(model.id().sha256())) {
            throw new ForecastEngineException("model at " + uri + ": has the checksum " + found + ", not "
                    + model.id().sha256() + "; put the same file there");
        }
    }

    private static Instant now() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
