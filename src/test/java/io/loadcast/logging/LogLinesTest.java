package io.loadcast.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code logback.xml} makes of an event. */
class LogLinesTest {
    private static final Path SHIPPED = Path.of("src/main/resources/logback.xml");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String EVIL = "N\nORTH\t\u001b[31m\"red\"\r\u0000\u0085\u2028\u202eltr";

    @Test
    void anEventOfTextIsOneLineWhateverARegionIsCalled() throws JoranException {
        // when
        String lines = written("text", Level.WARN, "region {} is odd; look at it", null, EVIL);

        // then
        assertThat(lines.lines()).hasSize(1);
        assertThat(lines)
                .endsWith(
                        "WARN  Test: region N\\nORTH\\t\\u001b[31m\"red\"\\r\\u0000\\u0085\\u2028\\u202eltr is odd; look at it\n");
    }

    @Test
    void anEventOfJsonIsAnObjectALineWithTheNameAsItIs() throws JoranException, JsonProcessingException {
        // when
        String lines = written("json", Level.WARN, "region {} is odd; look at it", null, EVIL);

        // then
        assertThat(lines.lines()).hasSize(1);
        JsonNode event = JSON.readTree(lines);
        assertThat(event.get("level").asText()).isEqualTo("WARN");
        assertThat(event.get("loggerName").asText()).isEqualTo("io.loadcast.Test");
        assertThat(event.get("timestamp").isIntegralNumber()).isTrue();
        assertThat(event.get("formattedMessage").asText()).isEqualTo("region " + EVIL + " is odd; look at it");
    }

    @Test
    void anExceptionAndItsCausesAreNamedOnTheSameLine() throws JoranException {
        // given
        Exception failure = new IllegalStateException("outer\nsecond line", new IllegalArgumentException("inner"));

        // when
        String lines = written("text", Level.ERROR, "Detected the states of tasks are corrupted.", failure);

        // then
        assertThat(lines)
                .endsWith(
                        "Detected the states of tasks are corrupted.: java.lang.IllegalStateException: outer\\nsecond line,"
                                + " caused by java.lang.IllegalArgumentException: inner\n");
        assertThat(lines.lines()).hasSize(1);
    }

    @Test
    void aStackTraceIsForThoseWhoAskForDebugging() throws JoranException {
        assertThat(written("text", Level.DEBUG, "failed", new IllegalStateException("x")))
                .contains("\tat " + LogLinesTest.class.getName());
        assertThat(written("text", Level.INFO, "failed", new IllegalStateException("x")))
                .doesNotContain("\tat ");
    }

    @Test
    void aVeryLongTextIsCut() throws JoranException {
        assertThat(written("text", Level.WARN, "{}", null, "x".repeat(1_000_000)))
                .hasSizeLessThan(EventText.MOST_CHARACTERS + 100)
                .endsWith("… (1000000 characters)\n");
    }

    @Test
    void aCauseThatIsItsOwnCauseEndsTheLine() throws JoranException {
        // given
        Exception first = new IllegalStateException("first");
        Exception second = new IllegalStateException("second", first);
        first.initCause(second);

        // when, then
        assertThat(written("text", Level.WARN, "odd", first).lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "Übertragungsnetz 北", "a \\n that was typed", ""})
    void ordinaryTextIsLeftAsItIs(String text) {
        assertThat(OneLine.of(text)).isSameAs(text);
    }

    private static String written(
            String format, Level level, String message, @Nullable Throwable failure, Object... arguments)
            throws JoranException {
        LoggerContext context = new LoggerContext();
        context.putProperty(LogFormat.VARIABLE, format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(SHIPPED.toFile());
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        LoggingEvent event = new LoggingEvent(
                LogLinesTest.class.getName(),
                context.getLogger("io.loadcast.Test"),
                level,
                message,
                failure,
                arguments);
        try {
            ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) root.getAppender(format);
            assertThat(List.of(appender.getName())).containsExactly(format);
            return new String(appender.getEncoder().encode(event), UTF_8);
        } finally {
            context.stop();
        }
    }
}
