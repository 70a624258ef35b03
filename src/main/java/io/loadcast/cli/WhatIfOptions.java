package io.loadcast.cli;

import io.loadcast.app.DecisiveSettings;
import io.loadcast.cli.ModelFilesOptions.Chosen;
import io.loadcast.replay.Replay;
import io.loadcast.replay.ReplayRequest;
import io.loadcast.streaming.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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

    @Mixin
    private ReplayedTopicOptions replayed;

    @Option(
            names = "--out-suffix",
            paramLabel = "NAME",
            description =
                    "With --from-topic: forecasts of the first model go to loadcast.forecasts.v1.NAME-1, and so on. "
                            + "Default: compare.")
    private String outSuffix = "compare";

    /**
     * Replays the topic with each of the models, over the same records.
     *
     * @param replays is given one for each model, also if it does not come to its end; the caller closes them
     * @return whether all came to their end
     */
    boolean replayAll(Map<String, Chosen> models, List<Replay> replays, ReplayLines lines, BooleanSupplier stopped)
            throws InterruptedException {
        Map<String, String> kafka = replayed.kafka()
                .orElseThrow(() ->
                        new ParameterException(spec.commandLine(), "Give --bootstrap-servers with --from-topic."));
        int number = 0;
        for (Map.Entry<String, Chosen> model : models.entrySet()) {
            number++;
            ReplayLines progress = lines.ofNextReplay();
            ReplayRequest request = request(kafka, model.getValue(), number);
            if (replayed.restart()) {
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

    private ReplayRequest request(Map<String, String> kafka, Chosen model, int number) {
        Map<String, Object> settings = new HashMap<>(replayed.serving().settings());
        settings.put(
                "loadcast.model",
                model.path() == null ? "shipped" : model.path().toString());
        Topics live = DecisiveSettings.of(settings, replayed.serving().configuration())
                .topics();
        return new ReplayRequest(
                kafka,
                replayed.topic(live),
                replayed.period().from(),
                replayed.period().before(),
                replayed.period().regions(),
                Optional.of(outSuffix + "-" + number),
                false,
                Optional.empty(),
                live.deadLetters(),
                settings,
                replayed.serving().configuration());
    }
}
