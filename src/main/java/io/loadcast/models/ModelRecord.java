package io.loadcast.models;

import org.jspecify.annotations.Nullable;

/**
 * A record of the models topic.
 *
 * @param key what it is of, such as {@code assignment/AEP}
 * @param value null where there is to be none any more
 */
public record ModelRecord(String key, byte @Nullable [] value) {
    static final String FILE = "file/";
    static final String MODEL = "model/";
    static final String ASSIGNMENT = "assignment/";
}
