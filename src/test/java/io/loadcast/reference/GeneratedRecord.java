package io.loadcast.reference;

import io.loadcast.domain.Reading;
import org.jspecify.annotations.Nullable;

/**
 * A record for the readings topic.
 *
 * @param kind what it is meant to be
 * @param region the region whose turn it was
 * @param key as it is sent
 * @param value as it is sent
 * @param reading what it says, if it is a valid reading that is not of the future; else null
 * @param rejection why it is none, as a dead letter says; null if it is one
 */
public record GeneratedRecord(
        ReadingKind kind,
        String region,
        byte @Nullable [] key,
        byte @Nullable [] value,
        @Nullable Reading reading,
        @Nullable String rejection) {

    @Override
    public String toString() {
        return kind + " " + region + " "
                + (reading == null
                        ? rejection
                        : reading.validTime() + " (" + reading.epochHour() + ") " + reading.loadMw());
    }
}
