package io.loadcast.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are written in one move: whoever reads one, after a crash too, sees the old or the new content. */
final class WholeFile {
    private WholeFile() {}

    /** Writes or replaces the file; makes its directory if there is none. */
    static void write(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path unfinished = target.resolveSibling(target.getFileName() + ".tmp");
        Files.write(unfinished, content);
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
