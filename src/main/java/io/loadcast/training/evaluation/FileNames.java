package io.loadcast.training.evaluation;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives names of regions the form of file names, a different one to each. */
final class FileNames {
    /** File systems take 255 bytes; this leaves room for what stands around it. */
    private static final int MAX_LENGTH = 100;

    /** In lower case: not every file system tells cases apart. */
    private final Set<String> taken = new HashSet<>();

    /** The name with an underscore for every character outside {@code A-Za-z0-9_.-}, and a number behind it if it is taken. */
    String nameOf(String region) {
        String plain = region.replaceAll("[^A-Za-z0-9_.-]", "_");
        String shortened = plain.substring(0, Math.min(plain.length(), MAX_LENGTH));
        String name = shortened;
        for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
            name = shortened + "-" + n;
        }
        return name;
    }
}
