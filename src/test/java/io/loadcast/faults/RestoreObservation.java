package io.loadcast.faults;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Writes down how the restore of state stores goes on, in an application that is started with {@value #FILE}, and makes it take
 * longer. The file outlives a {@code kill -9}; {@link RestoreLog} reads it.
 */
@Singleton
@Requires(property = RestoreObservation.FILE)
final class RestoreObservation implements StateRestoreListener {
    static final String FILE = "micronaut.faults.restore";
    private static final long BATCH_MILLIS = 200;

    private final Path file;

    RestoreObservation(@Property(name = FILE) String file) {
        this.file = Path.of(file);
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long start, long end) {
        write(partition, RestoreLog.STARTED, end - start);
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEnd, long records) {
        write(partition, RestoreLog.RESTORED, records);
        try {
            Thread.sleep(BATCH_MILLIS); // a large state takes its time too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long records) {
        write(partition, RestoreLog.ENDED, records);
    }

    private synchronized void write(TopicPartition partition, String what, long records) {
        try {
            Files.writeString(
                    file,
                    what + " " + partition + " " + records + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
