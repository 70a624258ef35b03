package io.loadcast.dataset;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the public PJM hourly files lie, which are not part of the project; tests that want them skip without. */
public final class PjmData {
    private PjmData() {}

    public static Path directory() {
        Path directory = Path.of(System.getProperty("loadcast.data", "../shared/data/pjm"));
        assumeTrue(
                Files.isDirectory(directory),
                () -> "no PJM files in " + directory + "; skipped (-Dloadcast.data=DIR says where they are)");
        return directory;
    }
}
