package io.loadcast.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files below a state directory, and what can be done to them. */
final class StateFiles {
    private StateFiles() {}

    /** Files, not directories, that the condition holds for. */
    static List<Path> of(Path directory, Predicate<Path> condition) {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile).filter(condition).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isTable(Path file) {
        return file.toString().endsWith(".sst");
    }

    /** All but the locks, which are empty. */
    static boolean isContent(Path file) {
        String name = file.getFileName().toString();
        return !name.equals("LOCK") && !name.equals(".lock");
    }

    /** Deletes the directory and all in it, though somebody may be writing to it. */
    static void delete(Path directory) {
        while (Files.exists(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (NoSuchFileException | UncheckedIOException | java.nio.file.DirectoryNotEmptyException e) {
                continue; // a file came or went meanwhile
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Overwrites the whole file with noise of the same length; an empty one is left. */
    static void overwrite(Path file, Random random) {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] noise = new byte[(int) content.length()];
            random.nextBytes(noise);
            content.write(noise);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Cuts the second half off. */
    static void truncate(Path file) {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(content.length() / 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
