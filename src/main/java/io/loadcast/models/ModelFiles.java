package io.loadcast.models;

import io.loadcast.forecasting.ForecastEngineException;
import java.util.Optional;
import java.util.Set;

/** Where the bytes of assigned models come from. */
@FunctionalInterface
interface ModelFiles {

    /**
     * A model's file, whatever it holds.
     *
     * @param isUrgent whether a champion waits for it
     * @return empty while it is on its way; then it is worth asking again later
     * @throws ForecastEngineException if it cannot be had
     */
    Optional<byte[]> read(String sha256, boolean isUrgent);

    /** Where a file lies whose bytes cannot change there; empty if they can. */
    default String place(String sha256) {
        return "";
    }

    /** Says that all others are wanted no more: those that are on their way may be given up. */
    default void keepOnly(Set<String> wanted) {}
}
