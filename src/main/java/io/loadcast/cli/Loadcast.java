package io.loadcast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's entry. */
@Command(
        name = "loadcast",
        mixinStandardHelpOptions = true,
        description = "Forecasts electricity load from a stream of readings on Kafka.",
        subcommands = FeedCommand.class)
public final class Loadcast {
    private Loadcast() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Loadcast()).execute(args));
    }
}
