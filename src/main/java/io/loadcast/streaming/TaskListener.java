package io.loadcast.streaming;

import java.util.OptionalLong;

/**
 * Is told how the tasks of the readings topic get on, once for each flush and not for each reading. Called on stream threads, several
 * at once; returns at once and throws nothing. Partitions are those of the readings topic.
 */
public interface TaskListener {
    /** Listens to nothing. */
    TaskListener NONE = new TaskListener() {
        @Override
        public void reached(int partition, OptionalLong newestForecastHour) {}

        @Override
        public void flushed(int partition, long waitedNanos) {}

        @Override
        public void closed(int partition) {}
    };

    /**
     * The task works here, and has come so far.
     *
     * @param newestForecastHour the newest hour, since 1970, whose turn to be forecast has passed; empty before the first
     */
    void reached(int partition, OptionalLong newestForecastHour);

    /**
     * All that was due was forecast and handed to Kafka's producer.
     *
     * @param waitedNanos since the oldest of those readings was taken
     */
    void flushed(int partition, long waitedNanos);

    /** The task does not work here any more. */
    void closed(int partition);
}
