package io.loadcast.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Ends a failed command with its message on stderr, no stack trace, and exit code 1. */
final class OneLineErrors implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        command.getErr().println(command.getColorScheme().errorText(command.getCommandName() + ": " + message));
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
