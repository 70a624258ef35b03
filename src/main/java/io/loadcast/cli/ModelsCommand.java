package io.loadcast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.forecasting.PromotionRule;
import io.loadcast.models.AccuracyTopic;
import io.loadcast.models.ChallengerComparison;
import io.loadcast.models.ModelCatalog;
import io.loadcast.models.ModelChanges;
import io.loadcast.models.ModelDescriptor;
import io.loadcast.models.ModelRecord;
import io.loadcast.models.ModelTopicReader;
import io.loadcast.models.ModelTopicWriter;
import io.loadcast.streaming.KafkaUnavailableException;
import io.loadcast.streaming.NewestScores;
import io.loadcast.streaming.RegionSearch;
import io.loadcast.streaming.Topics;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Command(
            name = "publish",
            description = "Check a model file as serving does, and publish it.",
            mixinStandardHelpOptions = true)
    int publish(
            @Mixin ModelsTopicOptions topic,
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..1",
                            converter = ModelPlaces.ToFile.class,
                            description = "Model file; with --uri too, which says where the same file lies.")
                    @Nullable
                    Path file,
            @Option(
                            names = "--role",
                            paramLabel = "champion|challenger",
                            description =
                                    "champion: it forecasts, from now on. challenger: it runs beside the champion on the"
                                            + " same windows, and publishes nothing; each of its forecasts is scored once"
                                            + " its hour is read, a day and a bit after it has come. 'models list' and"
                                            + " 'models judge' show the scores, which lie on loadcast.accuracy.v1 with"
                                            + " role challenger. Default: neither; it can be promoted later.")
                    ModelChanges.@Nullable Role role,
            @Mixin ModelRegionsOptions regions,
            @Option(
                            names = "--uri",
                            paramLabel = "URI",
                            converter = ModelPlaces.ToUri.class,
                            description =
                                    "Where all instances can fetch the same file (http, https, file): it is not put into"
                                            + " the topic, which holds files of up to 16 MB.")
                    @Nullable
                    URI uri) {
        if (file == null) {
            throw new CommandLine.ParameterException(
                    verb("publish"),
                    uri == null
                            ? "Give FILE, the model file to publish."
                            : "Give FILE beside --uri: the same file here, to be checked before it is published.");
        }
        PublishableModel model = PublishableModel.read(file, uri);
        ModelDescriptor descriptor = model.descriptor(now());
        model.anotherLookback().ifPresent(this::say);
        change(
                topic,
                regions,
                catalog ->
                        ModelChanges.publish(catalog, descriptor, model.file().bytes(), role, regions.scopes()),
                "published " + descriptor.name() + " " + descriptor.id().sha256());
        return 0;
    }

    @Command(
            name = "promote",
            description = "Have a published model forecast, in place of the champion.",
            mixinStandardHelpOptions = true)
    int promote(
            @Mixin ModelsTopicOptions topic,
            @Parameters(paramLabel = "MODEL", description = MODEL) String model,
            @Mixin ModelRegionsOptions regions) {
        change(
                topic,
                regions,
                catalog -> ModelChanges.promote(catalog, catalog.named(model), regions.scopes(), now()),
                "promoted " + model);
        return 0;
    }

    @Command(
            name = "rollback",
            description = "Have the champion before forecast again.",
            mixinStandardHelpOptions = true)
    int rollBack(@Mixin ModelsTopicOptions topic, @Mixin ModelRegionsOptions regions) {
        change(topic, regions, catalog -> ModelChanges.rollBack(catalog, regions.scopes(), now()), "rolled back");
        return 0;
    }

    @Command(
            name = "retire",
            description = "Take a model out that is champion of nothing, and delete its file.",
            mixinStandardHelpOptions = true)
    int retire(@Mixin ModelsTopicOptions topic, @Parameters(paramLabel = "MODEL", description = MODEL) String model) {
        change(
                topic.kafka(),
                topic.topic(),
                catalog -> ModelChanges.retire(catalog, catalog.named(model), now()),
                "retired " + model);
        return 0;
    }

    @Command(
            name = "list",
            description = "List the published models, which of them are assigned to what, and their running sMAPE.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin ModelsTopicOptions topic,
            @Option(
                            names = "--accuracy-topic",
                            paramLabel = "NAME",
                            defaultValue = "loadcast.accuracy.v1",
                            description = "The accuracy topic. Default: ${DEFAULT-VALUE}.")
                    String accuracyTopic,
            @Option(names = "--json", description = "Print one JSON document.") boolean json) {
        ModelCatalog catalog;
        try (ModelTopicReader reader = ModelTopicReader.connect(topic.kafka(), topic.topic())) {
            reader.readToEnd();
            catalog = reader.catalog();
        }
        Optional<ScoredModels> scores = scores(topic.kafka(), accuracyTopic, catalog);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode document = ModelList.json(catalog);
            scores.ifPresent(scored -> scored.putTo(document.putArray("scores")));
            out.println(document);
        } else {
            ModelList.print(catalog, out);
            scores.ifPresent(scored -> scored.print(catalog, out));
        }
        out.flush();
        return 0;
    }

    private Optional<ScoredModels> scores(Map<String, String> kafka, String topic, ModelCatalog catalog) {
        try {
            return Optional.of(ScoredModels.of(
                    catalog,
                    NewestScores.read(
                            kafka,
                            topic,
                            (region, sha256) -> catalog.challengers(region).contains(sha256))));
        } catch (KafkaUnavailableException e) {
            say("no scores: " + e.getMessage());
            return Optional.empty();
        }
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
            @Option(
                            names = "--topic",
                            paramLabel = "NAME",
                            defaultValue = ModelsTopicOptions.DEFAULT,
                            description = ModelsTopicOptions.HELP)
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
                            kafka.clientProperties(),
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
            throw new CommandLine.ParameterException(verb("judge"), "--" + e.getMessage(), e);
        }
    }

    private CommandLine verb(String name) {
        return Objects.requireNonNull(spec.commandLine().getSubcommands().get(name), name);
    }

    /** For some regions; says which of them nobody has read so far. */
    private void change(
            ModelsTopicOptions topic,
            ModelRegionsOptions regions,
            Function<ModelCatalog, List<ModelRecord>> change,
            String done) {
        change(topic.kafka(), topic.topic(), change, done);
        RegionSearch.absent(topic.kafka(), Topics.DEFAULT.readings(), regions.names())
                .ifPresent(this::say);
    }

    private void change(
            Map<String, String> kafka, String topic, Function<ModelCatalog, List<ModelRecord>> change, String done) {
        ModelCatalog changed = ModelTopicWriter.change(kafka, topic, change);
        say(done);
        PrintWriter out = spec.commandLine().getOut();
        ModelList.print(changed, out);
        out.flush();
    }

    private void say(String sentence) {
        spec.commandLine().getErr().println("loadcast models: " + sentence);
        spec.commandLine().getErr().flush();
    }

    private static Instant now() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
