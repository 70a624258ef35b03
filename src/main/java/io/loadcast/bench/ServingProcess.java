package io.loadcast.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import io.loadcast.app.LoadcastServer;
import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import java.io.IOException;
import java.util.Map;

/** The benchmark's application: what {@code loadcast serve} starts, in a process of its own that can be asked what it has used. */
final class ServingProcess {
    static final String PROGRESS = "progress";
    static final String USAGE = "usage";
    static final String PAUSE = "pause";
    static final String RESUME = "resume";
    static final String CEILING = "ceiling";

    private static final long LOOK_MILLIS = 2;

    private final LoadcastServer server;
    private final InferenceClock inference;
    private final int threads;
    private final ModelFile model;
    private final Device device;

    private ServingProcess(LoadcastServer server, InferenceClock inference, int threads, Map<String, Object> settings) {
        this.server = server;
        this.inference = inference;
        this.threads = threads;
        this.model = BenchSettings.modelOf(settings);
        this.device = Device.ofKey(String.valueOf(settings.getOrDefault("loadcast.device", "auto")));
    }

    /**
     * What it says first, when the topology runs.
     *
     * @param model name and version
     */
    record Ready(String model, String device) {}

    /** @param windowsPerSecondByBatch windows a second of the engine alone, by batch size */
    record MeasuredCeiling(Map<Integer, Double> windowsPerSecondByBatch) {}

    /** @param arguments the stream threads, and the settings of serving as a JSON object */
    public static void main(String[] arguments) throws IOException {
        Requests requests = new Requests();
        try {
            int threads = Integer.parseInt(arguments[0]);
            Map<String, Object> settings = Requests.JSON.readValue(arguments[1], new TypeReference<>() {});
            InferenceClock inference = new InferenceClock();
            try (LoadcastServer server = LoadcastServer.startMeasured(settings, inference)) {
                new ServingProcess(server, inference, threads, settings).serve(requests);
            }
        } catch (RuntimeException | InterruptedException e) {
            requests.fail(e);
            System.exit(1);
        }
        System.exit(0);
    }

    private void serve(Requests requests) throws IOException, InterruptedException {
        while (!server.isRunning()) {
            requireAlive();
            Thread.sleep(LOOK_MILLIS);
        }
        requests.answer(new Ready(server.model().name() + " " + server.model().version(), server.device()));
        for (String request = requests.next(); request != null; request = requests.next()) {
            requireAlive();
            requests.answer(answer(request));
        }
    }

    private Object answer(String request) throws InterruptedException {
        switch (request) {
            case USAGE:
                return ServingUsage.now(inference);
            case PAUSE:
                server.pause();
                return progress();
            case RESUME:
                server.resume();
                return progress();
            case CEILING:
                return ceiling();
            default:
                return progress();
        }
    }

    /** Of an engine of its own: that of serving may do more than run the model. */
    private MeasuredCeiling ceiling() throws InterruptedException {
        try (ForecastEngine engine = OnnxForecastEngine.open(model, new EngineOptions(device, 1))) {
            return new MeasuredCeiling(Ceiling.windowsPerSecondByBatch(engine, threads, inference.batchCapacity()));
        }
    }

    private ServingProgress progress() {
        return ServingProgress.of(server.counters());
    }

    private void requireAlive() {
        if (server.hasStopped()) {
            throw new IllegalStateException("the topology has given up; the log above says why");
        }
    }
}
