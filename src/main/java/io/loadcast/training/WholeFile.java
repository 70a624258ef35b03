package io.loadcast.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are written in one move: whoever reads one, after a crash too, sees the old or the new content. */
final class WholeFile {
    private WholeFile() {}

    /**
     * Makes sure, before work that takes hours, that a file can be written.
     *
     * @param asked what the user calls it, for example {@code --out}
     * @throws IllegalArgumentException if it is a directory, or its directory cannot be made or written to
     */
    static void requireWritable(String asked, Path file) {
        Path target = file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null || Files.isDirectory(target)) {
            throw new IllegalArgumentException(asked + " " + file + " is a directory; name a file");
        }
        requireDirectory(asked, directory);
    }

    /**
     * Makes a directory, and makes sure that files can be written into it.
     *
     * @throws IllegalArgumentException if that cannot be
     */
    static void requireDirectory(String asked, Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "loadcast", ".tmp"));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    asked + ": nothing can be written to " + directory + " ("
                            + e.getClass().getSimpleName()
                            + "); choose another place, or give it the rights and the room",
                    e);
        }
    }

    /** Writes or replaces the file; makes its directory if there is none. */
    static void write(Path file, byte[] content) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path unfinished = target.resolveSibling(target.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true); // a name that points to unwritten content is worse than none
        }
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
