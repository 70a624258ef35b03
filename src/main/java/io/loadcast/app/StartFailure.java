package io.loadcast.app;

import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.models.ModelCatalogException;
import io.loadcast.streaming.KafkaUnavailableException;

/** Finds, below the exceptions of the container, the one that says what a user can mend. */
final class StartFailure {
    private StartFailure() {}

    static RuntimeException ofContext(RuntimeException failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ForecastEngineException
                    || cause instanceof KafkaUnavailableException
                    || cause instanceof ModelCatalogException
                    || cause instanceof InvalidSettingException) {
                return (RuntimeException) cause;
            }
            if (cause instanceof IllegalArgumentException) {
                // That is how the records of settings say it; nothing else does while they are read.
                return new InvalidSettingException(String.valueOf(cause.getMessage()), failure);
            }
            root = cause;
        }
        if (FullDisk.isSaidBy(root)) {
            return new IllegalStateException(
                    "cannot start: " + FullDisk.REMEDY + " (" + root.getMessage() + ")", failure);
        }
        return root == failure ? failure : new IllegalStateException("cannot start: " + root.getMessage(), failure);
    }
}
