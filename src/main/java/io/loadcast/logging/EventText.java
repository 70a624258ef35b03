package io.loadcast.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.CoreConstants;

/**
 * What an event says, on one line: its message, then its exception and their causes by name and message. Stack traces are for
 * those who look for the cause of something: they follow events of level DEBUG and TRACE only.
 */
public final class EventText extends ClassicConverter {
    static final int MOST_CHARACTERS = 8_000;
    private static final int MOST_CAUSES = 10;

    @Override
    public String convert(ILoggingEvent event) {
        StringBuilder text = new StringBuilder(String.valueOf(event.getFormattedMessage()));
        IThrowableProxy failure = event.getThrowableProxy();
        int causes = 0;
        for (IThrowableProxy cause = failure; cause != null && causes < MOST_CAUSES; cause = cause.getCause()) {
            text.append(causes == 0 ? ": " : ", caused by ").append(cause.getClassName());
            if (cause.getMessage() != null) {
                text.append(": ").append(cause.getMessage());
            }
            causes++;
        }
        String line = cut(OneLine.of(text.toString()));
        return failure != null && Level.DEBUG.isGreaterOrEqual(event.getLevel())
                ? line
                        + CoreConstants.LINE_SEPARATOR
                        + ThrowableProxyUtil.asString(failure).stripTrailing()
                : line;
    }

    private static String cut(String line) {
        return line.length() <= MOST_CHARACTERS
                ? line
                : line.substring(0, MOST_CHARACTERS) + "… (" + line.length() + " characters)";
    }
}
