package io.loadcast.zoo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.jspecify.annotations.Nullable;

/**
 * What a network sees of a batch of B windows.
 *
 * @param loadMw [B, lookback], MW
 * @param calendar [B, lookback + horizon, features]
 * @param region [B, numbers], the {@link io.loadcast.domain.RegionScale} of each window's region or its number among the
 *     {@link io.loadcast.domain.KnownRegions}; null if the network is told nothing of the region
 */
public record NetworkInput(
        NDArray loadMw, NDArray calendar, @Nullable NDArray region) {

    /** Of a network that is told nothing of the region. */
    public NetworkInput(NDArray loadMw, NDArray calendar) {
        this(loadMw, calendar, null);
    }

    /** As a block takes it. */
    NDList toList() {
        return region == null ? new NDList(loadMw, calendar) : new NDList(loadMw, calendar, region);
    }
}
