package io.loadcast.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of processes that are started with its {@link #environment}, which can be set while they run, as an operator or a
 * time server sets it: with the library {@code libfaketime}, if this machine has it. Monotonic time goes on as it does on a real
 * machine. For one thread.
 */
final class SetClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private final Path library;
    private final Path offset;

    private SetClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /**
     * A clock that is right, so far.
     *
     * @param directory for its file
     * @return empty if the library is not installed
     */
    static Optional<SetClock> of(Path directory) {
        return library().map(library -> {
            SetClock clock = new SetClock(library, directory.resolve("clock").toAbsolutePath());
            clock.set(Duration.ZERO);
            return clock;
        });
    }

    private static Optional<Path> library() {
        try (Stream<Path> files = Files.find(
                LIBRARIES, 3, (path, attributes) -> path.endsWith(Path.of("faketime", "libfaketimeMT.so.1")))) {
            return files.findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To be given to each process that is to have it. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0", // the fix lets waits of a JVM end at once, for ever
                "NO_FAKE_STAT", "1");
    }

    /** Sets it so far ahead of this machine's clock; the processes see it within two seconds. */
    void set(Duration ahead) {
        try {
            Path next = offset.resolveSibling("clock.next");
            Files.write(next, List.of("+" + ahead.toSeconds()));
            Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
