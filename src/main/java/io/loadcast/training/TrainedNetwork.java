package io.loadcast.training;

import io.loadcast.domain.KnownRegions;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionScale;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Weights;
import java.util.Map;

/**
 * The outcome of a training run: the weights of its best epoch, calibrated.
 *
 * @param architecture what the weights are of
 * @param scales of the regions that it was trained on; empty if the architecture takes none
 * @param knownRegions those that it was trained on, if the architecture knows regions; else none
 * @param weights of the best epoch
 * @param epoch the best epoch, from 1; 0 is what descent starts from, or all where there is none
 * @param validation its validation scores
 */
public record TrainedNetwork(
        Architecture architecture,
        Map<Region, RegionScale> scales,
        KnownRegions knownRegions,
        Weights weights,
        int epoch,
        ValidationScore validation) {}
