package io.loadcast.models;

import io.loadcast.forecasting.ModelId;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue says of a published model.
 *
 * @param id its name, version and checksum
 * @param architecture its entry in the zoo
 * @param lookbackHours past hours that it sees
 * @param horizonHours the largest lead time that it forecasts
 * @param bytes size of its file
 * @param uri where its file lies; null if in the topic
 * @param publishedTime when it was published, by the wall clock
 */
public record ModelDescriptor(
        ModelId id,
        String architecture,
        int lookbackHours,
        int horizonHours,
        long bytes,
        @Nullable URI uri,
        Instant publishedTime) {
    /** The largest file that is loaded from anywhere. */
    public static final long LARGEST_BYTES = 512L << 20;

    /** The largest file that is one record of the topic: less than 16 MiB, for a record has a frame. */
    public static final long LARGEST_IN_TOPIC_BYTES = (16L << 20) - (8L << 10);

    /** @throws IllegalArgumentException if the size is not in 1 … {@value #LARGEST_BYTES}, or the checksum is none */
    public ModelDescriptor {
        if (!isSha256(id.sha256())) {
            throw new IllegalArgumentException("sha256 '" + id.sha256() + "' is not 64 lower-case hexadecimal digits");
        }
        if (bytes < 1 || bytes > LARGEST_BYTES) {
            throw new IllegalArgumentException("a model of " + bytes + " bytes is not in 1 … " + LARGEST_BYTES);
        }
    }

    static boolean isSha256(String text) {
        return text.length() == 64 && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** As people name it: {@code gru-attention@1}. */
    public String name() {
        return name(id);
    }

    static String name(ModelId id) {
        return id.name() + "@" + id.version();
    }
}
