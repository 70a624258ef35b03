package io.loadcast.app;

import io.loadcast.domain.Reading;
import io.loadcast.streaming.InvalidReadingException;
import io.loadcast.streaming.ReadingJson;
import io.loadcast.view.ReadingParser;
import io.loadcast.view.RefusedReadingException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rules of the topology for readings, for whoever looks at its topics or writes to them. Thread-safe. */
public final class TopologyReadingParser implements ReadingParser {
    @Override
    public Reading parse(byte @Nullable [] key, byte @Nullable [] value) throws RefusedReadingException {
        try {
            return ReadingJson.parse(key, value, Instant.now());
        } catch (InvalidReadingException e) {
            throw refused(e);
        }
    }

    @Override
    public Reading parse(byte[] value) throws RefusedReadingException {
        try {
            return ReadingJson.parse(value, Instant.now());
        } catch (InvalidReadingException e) {
            throw refused(e);
        }
    }

    private static RefusedReadingException refused(InvalidReadingException e) {
        return new RefusedReadingException(e.reason().code(), e.getMessage());
    }
}
