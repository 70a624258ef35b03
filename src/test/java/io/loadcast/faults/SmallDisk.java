package io.loadcast.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own in memory, that can be filled to the last byte. Whoever mounted it closes it, which takes it away. */
final class SmallDisk implements AutoCloseable {
    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts it; the test is skipped, with a word, where that is not permitted. */
    static SmallDisk mount(Path directory, int megabytes) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int exit =
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "loadcast-faults", directory.toString());
        Assumptions.assumeTrue(exit == 0, "not run: mounting a tmpfs needs root");
        return new SmallDisk(directory);
    }

    /** Writes until there is no room for a byte more; again, if room was made meanwhile. */
    void fill() {
        byte[] block = new byte[4096];
        try (OutputStream out =
                Files.newOutputStream(balloon(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assert e != null; // no space left: that is what was wanted
        }
    }

    /** Makes room again. */
    void makeRoom() {
        try {
            Files.delete(balloon());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long freeBytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path balloon() {
        return directory.resolve("balloon");
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1; // there is no such command here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        run("umount", "--lazy", directory.toString());
    }
}
