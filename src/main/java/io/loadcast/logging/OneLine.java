package io.loadcast.logging;

/**
 * Text that stays on one line and does to a terminal what it says and nothing else: what controls something, or changes the order of
 * what is read, is written as an escape, such as {@code \n} or {@code \u001b}.
 */
public final class OneLine {
    private OneLine() {}

    public static String of(String text) {
        StringBuilder line = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHarmless(c)) {
                if (line != null) {
                    line.append(c);
                }
                continue;
            }
            if (line == null) {
                line = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> line.append(String.format("\\u%04x", (int) c));
            }
        }
        return line == null ? text : line.toString();
    }

    private static boolean isHarmless(char c) {
        return switch (Character.getType(c)) {
            // Marks of direction are among the formats: a name could make the rest of a line read backwards.
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
