package io.loadcast.models;

import io.loadcast.forecasting.ForecastEngineException;

/** Where the bytes of assigned models come from. */
@FunctionalInterface
interface ModelFiles {

    /**
     * A model's file, whatever it holds.
     *
     * @throws ForecastEngineException if it cannot be had
     */
    byte[] read(String sha256);

    /** Where a file lies whose bytes cannot change there; empty if they can. */
    default String place(String sha256) {
        return "";
    }
}
