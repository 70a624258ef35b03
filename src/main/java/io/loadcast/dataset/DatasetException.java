package io.loadcast.dataset;

import java.util.List;

/**
 * Data files that cannot be read as hourly loads; the message lists what is wrong, where, and what to do about it.
 */
public final class DatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    DatasetException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence each, with file and line, at most 10, in the order of reading. */
    public List<String> problems() {
        return problems;
    }
}
