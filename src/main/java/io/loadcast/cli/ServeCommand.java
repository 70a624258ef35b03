package io.loadcast.cli;

import io.loadcast.app.LoadcastServer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code loadcast serve}: the topology against an existing cluster, until it is told to stop. */
@Command(
        name = "serve",
        description = "Forecast on an existing Kafka cluster until stopped.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 500;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private KafkaOptions kafka;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ModelOptions model;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private HttpOptions http;

    @Option(
            names = "--application-id",
            converter = ToApplicationId.class,
            paramLabel = "ID",
            description = "Instances with the same id share the work and the state. Default: loadcast.")
    private @Nullable String applicationId;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServingOptions serving;

    @Option(
            names = "--meters",
            description = "Sum single meters to readings too: the topic loadcast.meter-readings.v1.")
    private boolean meters;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Interruption interruption = Interruption.guard();
        try (LoadcastServer server = LoadcastServer.start(settings(), serving.configuration())) {
            say(
                    "serving model %s %s on %s as '%s' at %s; Ctrl-C stops",
                    server.model().name(),
                    server.model().version(),
                    server.device(),
                    server.applicationId(),
                    kafka.bootstrapServers());
            server.url().ifPresent(url -> say("HTTP at %s", url));
            return untilStopped(server, interruption);
        } finally {
            interruption.handled();
        }
    }

    /** 0 when stopped from outside, 1 when the topology has given up. */
    private int untilStopped(LoadcastServer server, Interruption interruption) throws InterruptedException {
        boolean running = false;
        while (!interruption.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (server.isRunning() && !running) {
                say("running");
            }
            running = server.isRunning();
            if (server.hasStopped()) {
                say("the topology has stopped by itself; the log above says why");
                return 1;
            }
        }
        say("stopping");
        return 0;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(serving.settings());
        settings.putAll(kafka.settings());
        settings.putAll(model.settings());
        settings.putAll(http.settings());
        if (applicationId != null) {
            settings.put("kafka.streams.default.application.id", applicationId);
        }
        if (meters) {
            settings.put("loadcast.meters.enabled", true);
        }
        return settings;
    }

    private void say(String format, Object... arguments) {
        Notices.of(spec.commandLine()).say(String.format(Locale.ROOT, format, arguments));
    }

    /** A part of the names of topics. */
    static final class ToApplicationId implements ITypeConverter<String> {
        private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,150}");

        @Override
        public String convert(String text) {
            if (!ID.matcher(text).matches()) {
                throw new TypeConversionException("'" + text
                        + "' makes no names of topics; give 1 to 150 letters, digits, dots, underscores and hyphens");
            }
            return text;
        }
    }
}
