package io.loadcast.app;

/** A disk on which there is no room for state. RocksDB and Java tell it in the words of the operating system. */
final class FullDisk {
    private static final String NO_SPACE = "No space left on device";
    private static final String QUOTA = "Disk quota exceeded";

    static final String REMEDY = "the disk of the state directory is full: make room on it, or set --state-dir to a"
            + " directory on another disk; nothing is lost, the state is restored from the changelog";

    private FullDisk() {}

    /** @param root the innermost cause of a failure */
    static boolean isSaidBy(Throwable root) {
        String message = String.valueOf(root.getMessage());
        return message.contains(NO_SPACE) || message.contains(QUOTA);
    }
}
