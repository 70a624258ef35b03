package io.loadcast.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import io.loadcast.forecasting.ForecastEngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An ONNX Runtime session and the device that it got. Whoever opened it closes it.
 *
 * @param device {@code cpu} or {@code cuda:0}
 */
record DeviceSession(OrtSession ort, String device) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSession.class);
    private static final Path NVIDIA_DRIVER = Path.of("/proc/driver/nvidia/version");
    private static final String NO_CUDA_RUNTIME =
            "this build's ONNX Runtime has no CUDA; build it with the GPU runtime";

    /** @throws ForecastEngineException if the device cannot be had or the graph is refused */
    static DeviceSession open(OrtEnvironment environment, ModelFile file, EngineOptions options) {
        return switch (options.device()) {
            case CPU -> cpu(environment, file, options);
            case CUDA -> cudaOrRefuse(environment, file, options);
            case AUTO -> cudaOrCpu(environment, file, options);
        };
    }

    @Override
    public void close() {
        try {
            ort.close();
        } catch (OrtException e) {
            throw new ForecastEngineException("cannot release the model: " + e.getMessage(), e);
        }
    }

    private static DeviceSession cpu(OrtEnvironment environment, ModelFile file, EngineOptions options) {
        try {
            return session(environment, file, options, false);
        } catch (OrtException e) {
            throw new ForecastEngineException(
                    "model " + file.id().name() + ": ONNX Runtime refuses it: " + e.getMessage(), e);
        }
    }

    private static DeviceSession cudaOrRefuse(OrtEnvironment environment, ModelFile file, EngineOptions options) {
        if (!hasCudaRuntime()) {
            throw new ForecastEngineException("device cuda: " + NO_CUDA_RUNTIME + ", or choose device auto or cpu");
        }
        try {
            return session(environment, file, options, true);
        } catch (OrtException e) {
            throw new ForecastEngineException(
                    "device cuda: " + firstLine(e) + "; check driver and CUDA version, or choose device auto or cpu",
                    e);
        }
    }

    private static DeviceSession cudaOrCpu(OrtEnvironment environment, ModelFile file, EngineOptions options) {
        if (hasCudaRuntime()) {
            try {
                return session(environment, file, options, true);
            } catch (OrtException e) {
                LOG.warn("CUDA cannot be had, running on the CPU: {}", firstLine(e));
            }
        } else if (Files.exists(NVIDIA_DRIVER)) {
            LOG.warn("This machine has an NVIDIA driver, running on the CPU all the same: {}", NO_CUDA_RUNTIME);
        }
        return cpu(environment, file, options);
    }

    private static boolean hasCudaRuntime() {
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    }

    private static DeviceSession session(
            OrtEnvironment environment, ModelFile file, EngineOptions options, boolean cuda) throws OrtException {
        try (OrtSession.SessionOptions settings = new OrtSession.SessionOptions()) {
            settings.setIntraOpNumThreads(options.threads());
            settings.setInterOpNumThreads(1);
            // Threads that spin while they wait would take the cores from the stream threads.
            settings.addConfigEntry("session.intra_op.allow_spinning", "0");
            if (cuda) {
                settings.addCUDA(0);
            }
            return new DeviceSession(environment.createSession(file.bytes(), settings), cuda ? "cuda:0" : "cpu");
        }
    }

    private static String firstLine(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason");
    }
}
