package io.loadcast.feed;

import java.time.Instant;

/** Is told how far a feed has come. Called on the publishing thread, which waits for it. */
@FunctionalInterface
public interface FeedProgress {
    FeedProgress NONE = (validTime, readings) -> {};

    /**
     * An hour is about to be sent.
     *
     * @param validTime the hour
     * @param readings how many were handed to the producer before it
     */
    void at(Instant validTime, long readings);
}
