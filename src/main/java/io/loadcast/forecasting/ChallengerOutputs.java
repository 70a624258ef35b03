package io.loadcast.forecasting;

import io.loadcast.domain.Region;

/** Where goes what is found of challengers: of one region and challenger, in the order of its hours. */
public interface ChallengerOutputs {

    void score(Region region, ModelId challenger, PointScore score);

    /** Said once, until the region has another champion. */
    void promote(Promotion promotion);
}
