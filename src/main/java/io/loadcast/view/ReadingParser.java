package io.loadcast.view;

import io.loadcast.domain.Reading;
import org.jspecify.annotations.Nullable;

/** The rules by which something is a reading, as the topology has them. Thread-safe. */
public interface ReadingParser {
    /**
     * Reads a record of the readings topic.
     *
     * @throws RefusedReadingException if it is not a valid reading
     */
    Reading parse(byte @Nullable [] key, byte @Nullable [] value) throws RefusedReadingException;

    /**
     * Reads what is no record yet, and so has no key.
     *
     * @throws RefusedReadingException if it is not a valid reading
     */
    Reading parse(byte[] value) throws RefusedReadingException;
}
