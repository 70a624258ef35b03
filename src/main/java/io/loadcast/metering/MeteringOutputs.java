package io.loadcast.metering;

import io.loadcast.domain.Region;

/** Where hours go, and who is told of what became of them. Called on the thread that takes meter readings. */
public interface MeteringOutputs {

    /** An hour is complete enough, or has another load than was published before. */
    void publish(MeteredLoad load);

    /** An hour has closed and is not complete enough; told once. */
    void awaited(Region region, long hour);

    /** An hour left the kept ones and never was complete enough. */
    void abandoned(Region region, long hour);

    /** A meter was heard of for the first time. */
    void learned();

    /** A meter was silent for too long and is not missed any more. */
    void forgotten();
}
