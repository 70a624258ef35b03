package io.loadcast.cli;

import io.loadcast.logging.LogFormat;
import io.loadcast.logging.OneLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: {@code loadcast COMMAND}. Exit codes: 0 ok, 1 failed, 2 usage. */
@Command(
        name = "loadcast",
        description = "Forecasts electricity load on a stream: readings in, forecasts and their running error out.",
        mixinStandardHelpOptions = true,
        versionProvider = Loadcast.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            FeedCommand.class,
            ReplayCommand.class,
            DigestCommand.class,
            TopicsCommand.class,
            AlertsCommand.class,
            ModelsCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            CompareCommand.class,
            InspectCommand.class,
            BenchCommand.class,
        })
public final class Loadcast implements Runnable {
    /** On Linux. ONNX Runtime 1.29 reads it when it is loaded, and kills the process without a word if it has some 4 KB. */
    private static final Path OWN_COMMAND_LINE = Path.of("/proc/self/cmdline");

    private static final int LONGEST_COMMAND_LINE = 3900;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Log lines for people, or a JSON object a line. Default: LOADCAST_LOG_FORMAT, else text.")
    private @Nullable LogFormat logFormat;

    public static void main(String[] args) {
        if (LogFormat.ofKey(LogFormat.setInEnvironment()).isEmpty()) {
            System.exit(refuseLogFormat());
        }
        LogFormatOption.in(args).ifPresent(LogFormat::choose);
        // From Java 22 on, System.console() is there without a terminal too, unless told to be as it was.
        System.setProperty("jdk.console", "java.base");
        // A thread that fails ends with its exception; what has to be said of it is said by then.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                log().error("thread {} has ended, start the program again: {}", thread.getName(), failure.toString()));
        System.exit(isTooLong() ? refuseTooLong() : commandLine().execute(args));
    }

    /** Not a field: what the arguments say of the log comes before the first logger. */
    private static Logger log() {
        return LoggerFactory.getLogger(Loadcast.class);
    }

    private static int refuseLogFormat() {
        System.err.println("loadcast: " + LogFormat.VARIABLE + " is '" + OneLine.of(LogFormat.setInEnvironment())
                + "'; set it to text or json");
        return CommandLine.ExitCode.USAGE;
    }

    private static boolean isTooLong() {
        try {
            return Files.exists(OWN_COMMAND_LINE) && Files.readAllBytes(OWN_COMMAND_LINE).length > LONGEST_COMMAND_LINE;
        } catch (IOException e) {
            return false; // then it is tried
        }
    }

    private static int refuseTooLong() {
        System.err.println(
                "loadcast: the command line is longer than " + LONGEST_COMMAND_LINE
                        + " bytes, the JVM's options included; put arguments into a file, one a line, and give @FILE in their place");
        return CommandLine.ExitCode.USAGE;
    }

    static CommandLine commandLine() {
        return new CommandLine(new Loadcast())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, arguments) -> refuse(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(failure, command));
    }

    /** What is wrong, and where the right usage stands: the whole help would hide it. */
    private static int refuse(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + wrong.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("Try '" + name + " --help'.");
        }
        return CommandLine.ExitCode.USAGE;
    }

    /** A failure becomes one line; what lies behind it is logged for those who ask with LOADCAST_LOG_LEVEL=DEBUG. */
    private static int fail(Exception failure, CommandLine command) {
        if (Usage.isWrongIn(failure)) {
            return refuse(new ParameterException(command, String.valueOf(failure.getMessage()), failure));
        }
        String name = command.getCommandSpec().qualifiedName();
        log().debug("{} failed", name, failure);
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        Notices.of(command).failed(message);
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Give a command.");
    }

    /** Takes the version from the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Loadcast.class.getPackage().getImplementationVersion();
            return new String[] {"loadcast " + Optional.ofNullable(version).orElse("(not packaged)")};
        }
    }
}
