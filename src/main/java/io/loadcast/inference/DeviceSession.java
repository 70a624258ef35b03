package io.loadcast.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.loadcast.forecasting.ForecastEngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An ONNX Runtime session and the device that it got. Whoever opened it closes it.
 *
 * @param device {@code cpu}, or {@code cuda:0} and so on
 */
record DeviceSession(OrtSession ort, String device) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSession.class);
    private static final Path NVIDIA_DRIVER = Path.of("/proc/driver/nvidia/version");
    private static final String NO_CUDA_RUNTIME =
            "this build's ONNX Runtime has no CUDA; build it with the GPU runtime";

    /** @throws ForecastEngineException if the device cannot be had or the graph is refused */
    static DeviceSession open(OrtEnvironment environment, ModelFile file, EngineOptions options) {
        return switch (options.device().kind()) {
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
            throw new ForecastEngineException(
                    "device " + options.device().key() + ": " + NO_CUDA_RUNTIME + ", or choose device auto or cpu");
        }
        try {
            return session(environment, file, options, true);
        } catch (OrtException e) {
            throw new ForecastEngineException(
                    "device " + options.device().key() + ": " + firstLine(e)
                            + "; check driver and CUDA version, or choose device auto or cpu",
                    e);
        }
    }

    private static DeviceSession cudaOrCpu(OrtEnvironment environment, ModelFile file, EngineOptions options) {
        if (hasCudaRuntime()) {
            try {
                return session(environment, file, options, true);
            } catch (OrtException e) {
                LOG.warn(
                        "CUDA cannot be had, running on the CPU; mend this, or set loadcast.device=cpu if it is meant so: {}",
                        firstLine(e));
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
            if (!cuda) {
                return new DeviceSession(environment.createSession(file.bytes(), settings), "cpu");
            }
            // A plan of the memory for each batch size that comes by: with changing sizes and more than one session,
            // such as the one that is opened anew after a failure, it holds memory of the GPU that another would need.
            settings.setMemoryPatternOptimization(false);
            int index = options.device().index();
            try (OrtCUDAProviderOptions provider = cudaProvider(index)) {
                settings.addCUDA(provider);
                return new DeviceSession(environment.createSession(file.bytes(), settings), "cuda:" + index);
            }
        }
    }

    /**
     * Its memory has no limit of its own ({@code gpu_mem_limit}): what other programs leave is there for it, and running out of it
     * costs a batch on the CPU, no forecast.
     */
    private static OrtCUDAProviderOptions cudaProvider(int index) throws OrtException {
        OrtCUDAProviderOptions provider = new OrtCUDAProviderOptions(index);
        // Takes what a batch needs; the default doubles what it holds each time, on a GPU that may be shared.
        provider.add("arena_extend_strategy", "kSameAsRequested");
        // The default tries all algorithms for each new shape of a convolution: every batch size would stall a tick.
        provider.add("cudnn_conv_algo_search", "HEURISTIC");
        // TF32 keeps 10 bits of a factor's mantissa: some 1e-3, which is all that CPU and GPU may differ by.
        provider.add("use_tf32", "0");
        return provider;
    }

    private static String firstLine(OrtException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason");
    }
}
