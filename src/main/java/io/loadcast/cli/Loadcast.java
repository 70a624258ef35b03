package io.loadcast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code loadcast}. */
@Command(
        name = "loadcast",
        mixinStandardHelpOptions = true,
        description = "Forecasts hourly electricity load from a stream of readings.",
        subcommands = {TrainCommand.class, EvaluateCommand.class, InspectCommand.class})
public final class Loadcast {
    private Loadcast() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Loadcast())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new OneLineErrors());
    }
}
