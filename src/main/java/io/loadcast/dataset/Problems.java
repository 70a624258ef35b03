package io.loadcast.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the files read so far, up to {@value #LIMIT} sentences: enough to see a pattern, few enough to read. */
final class Problems {
    static final int LIMIT = 10;

    private final List<String> sentences = new ArrayList<>();

    void add(Path file, String problem) {
        if (!isFull()) {
            sentences.add(file + ": " + problem);
        }
    }

    void add(Path file, long line, String problem) {
        if (!isFull()) {
            sentences.add(file + ":" + line + ": " + problem);
        }
    }

    boolean isFull() {
        return sentences.size() == LIMIT;
    }

    /** @throws DatasetException if there is any */
    void throwIfAny() {
        if (!sentences.isEmpty()) {
            throw new DatasetException(sentences);
        }
    }
}
