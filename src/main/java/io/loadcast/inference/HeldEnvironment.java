package io.loadcast.inference;

import ai.onnxruntime.OrtEnvironment;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's environment, held until the process is gone. The library frees it in a shutdown hook of its own, beside the program's: a
 * forecast that still runs then, while the topology is stopped in good order, would end the process by a signal. The native side counts who
 * holds it, so one more reference that nobody gives back keeps it; the library has no other way to ask for that. Thread-safe.
 */
final class HeldEnvironment {
    private static final Logger LOG = LoggerFactory.getLogger(HeldEnvironment.class);
    private static final int WARNINGS = 2; // as the library has it
    private static boolean held; // guarded by the class

    private HeldEnvironment() {}

    static synchronized OrtEnvironment get() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        if (!held) {
            held = true;
            hold();
        }
        return environment;
    }

    private static void hold() {
        try {
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            api.setAccessible(true);
            Method create = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            create.setAccessible(true);
            create.invoke(null, api.getLong(null), WARNINGS, "loadcast");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn(
                    "ONNX Runtime cannot be kept from ending before the topology ({}): a stop under load may end with a"
                            + " crash, of which nothing is lost. Use the version of ONNX Runtime that loadcast comes with",
                    e.toString());
        }
    }
}
