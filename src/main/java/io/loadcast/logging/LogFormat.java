package io.loadcast.logging;

import java.util.Locale;
import java.util.Optional;

/** How log lines look. The first logger that is asked for reads it: it has to be chosen before. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** For programs: a JSON object a line. */
    JSON;

    /** As an environment variable, and as a system property, which comes before it; {@code logback.xml} reads both. */
    public static final String VARIABLE = "LOADCAST_LOG_FORMAT";

    /** The name in settings: {@code json}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that name, in any case, if there is one. */
    public static Optional<LogFormat> ofKey(String key) {
        for (LogFormat format : values()) {
            if (format.key().equalsIgnoreCase(key)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** Takes this one, whatever the environment says. */
    public void choose() {
        System.setProperty(VARIABLE, key());
    }

    /** What was chosen, or is set in the environment; else {@link #TEXT}. */
    public static LogFormat chosen() {
        return ofKey(System.getProperty(VARIABLE, setInEnvironment())).orElse(TEXT);
    }

    /** What the environment says, valid or not; {@code text} if nothing. */
    public static String setInEnvironment() {
        return Optional.ofNullable(System.getenv(VARIABLE)).orElse(TEXT.key());
    }
}
