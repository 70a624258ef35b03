package io.loadcast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the restore of an application's state stores had come, by the notes of its {@link RestoreObservation}.
 *
 * @param underWay changelog partitions whose restore had begun and not ended
 * @param restored records, in all of its partitions
 * @param missing records that those under way still lacked
 */
record RestoreLog(int underWay, long restored, long missing) {
    static final String STARTED = "started";
    static final String RESTORED = "restored";
    static final String ENDED = "ended";

    /** Reads the whole lines of the file; one that is not there says that nothing has begun. */
    static RestoreLog read(Path file) {
        Map<String, Long> missing = new HashMap<>();
        long restored = 0;
        for (String line : lines(file)) {
            String[] words = line.split(" ");
            long records = Long.parseLong(words[2]);
            if (words[0].equals(STARTED)) {
                missing.put(words[1], records);
            } else if (words[0].equals(RESTORED)) {
                restored += records;
                missing.merge(words[1], -records, Long::sum);
            } else {
                missing.remove(words[1]);
            }
        }
        return new RestoreLog(
                missing.size(),
                restored,
                missing.values().stream().mapToLong(Long::longValue).sum());
    }

    private static List<String> lines(Path file) {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            String text = Files.readString(file);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some of it is restored, and some is not. */
    boolean isInTheMiddle() {
        return underWay > 0 && restored > 0 && missing > 0;
    }
}
