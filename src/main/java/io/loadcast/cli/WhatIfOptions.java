package io.loadcast.cli;

import io.loadcast.cli.ModelFilesOptions.Chosen;
import io.loadcast.replay.Replay;
import io.loadcast.replay.ReplayProgress;
import io.loadcast.replay.ReplayRequest;
import io.loadcast.streaming.Topics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a comparison over a topic of the past: each model replays it, into topics of its own. */
@SuppressWarnings("NullAway.Init") // picocli fills what has no initial value
final class WhatIfOptions {
    static final List<String> NAMES = List.of(
            "--bootstrap-servers",
            "--kafka",
            "--topic",
            "--from",
            "--to",
            "--regions",
            "--out-suffix",
            "--restart",
            "--state-dir",
            "--threads",
            "--config",
            "--set");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = {"-b", "--bootstrap-servers"},
            paramLabel = "HOST:PORT",
            description = "With --from-topic: Kafka brokers to connect to, separated by commas.")
    private @Nullable String bootstrapServers;

    @Option(
            names = {"-K", "--kafka"},
            paramLabel = "KEY=VALUE",
            description = "A property of all Kafka clients, such as security.protocol=SSL. Repeatable.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "With --from-topic: topic of the readings. Default: loadcast.readings.v1.")
    private String topic = Topics.DEFAULT.readings();

    @Mixin
    private PeriodOptions period;

    @Option(
            names = "--out-suffix",
            paramLabel = "NAME",
            description =
                    "With --from-topic: forecasts of the first model go to loadcast.forecasts.v1.NAME-1, and so on. "
                            + "Default: compare.")
    private String outSuffix = "compare";

    @Option(names = "--restart", description = "With --from-topic: forget earlier replays of these names.")
    private boolean restart;

    @Mixin
    private ServingOptions serving;

    /**
     * Replays the topic with each of the models, over the same records.
     *
     * @param replays is given one for each model, also if it does not come to its end; the caller closes them
     * @return whether all came to their end
     */
    boolean replayAll(
            Map<String, Chosen> models, List<Replay> replays, ReplayProgress progress, BooleanSupplier stopped)
            throws InterruptedException {
        if (bootstrapServers == null) {
            throw new ParameterException(spec.commandLine(), "Give --bootstrap-servers with --from-topic.");
        }
        int number = 0;
        for (Map.Entry<String, Chosen> model : models.entrySet()) {
            number++;
            ReplayRequest request = request(model.getValue(), number);
            if (restart) {
                Replay.forget(request, progress);
            }
            progress.say("replays " + model.getKey() + " (" + number + " of " + models.size() + ")");
            Replay replay = Replay.prepare(
                    request, replays.isEmpty() ? Optional.empty() : Optional.of(replays.get(0)), progress);
            replays.add(replay);
            if (!replay.run(progress, stopped)) {
                return false;
            }
        }
        return true;
    }

    private ReplayRequest request(Chosen model, int number) {
        Map<String, String> kafka = new HashMap<>(properties);
        kafka.put("bootstrap.servers", String.valueOf(bootstrapServers));
        Map<String, Object> settings = new HashMap<>(serving.settings());
        settings.put(
                "loadcast.model",
                model.path() == null ? "shipped" : model.path().toString());
        return new ReplayRequest(
                kafka,
                topic,
                period.from(),
                period.before(),
                period.regions(),
                Optional.of(outSuffix + "-" + number),
                false,
                Optional.empty(),
                Topics.DEFAULT.deadLetters(),
                settings,
                serving.configuration());
    }
}
