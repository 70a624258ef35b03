package io.loadcast.cli;

/** Whether the program talks to a person on a terminal that can redraw, or into a file or a pipe. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // never null from Java 22 on, but for the jdk.console that main sets
    static boolean canRedraw() {
        return System.console() != null && !"dumb".equals(System.getenv("TERM"));
    }
}
