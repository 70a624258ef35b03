package io.loadcast.cli;

import io.loadcast.logging.LogFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the arguments say of the log. To be known before anything else: the first logger makes it so for good. */
@Command
final class LogFormatOption {
    @Option(names = "--log-format")
    private @Nullable LogFormat format;

    private LogFormatOption() {}

    /** Empty too if it is wrong, or something else is: that is said when the whole is parsed. */
    static Optional<LogFormat> in(String... args) {
        LogFormatOption option = new LogFormatOption();
        try {
            new CommandLine(option)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setUnmatchedArgumentsAllowed(true)
                    .parseArgs(args);
        } catch (ParameterException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(option.format);
    }
}
