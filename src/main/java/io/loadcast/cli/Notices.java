package io.loadcast.cli;

import io.loadcast.logging.LogFormat;
import io.loadcast.logging.OneLine;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** What a command tells beside its answer: lines on stderr, or events of the log where that is JSON, so that all of stderr is. */
final class Notices {
    private final CommandLine command;

    private Notices(CommandLine command) {
        this.command = command;
    }

    static Notices of(CommandLine command) {
        return new Notices(command);
    }

    void say(String text) {
        if (LogFormat.chosen() == LogFormat.JSON) {
            log().info(text);
        } else {
            print(text);
        }
    }

    void failed(String text) {
        if (LogFormat.chosen() == LogFormat.JSON) {
            log().error(text);
        } else {
            print(text);
        }
    }

    private Logger log() {
        return LoggerFactory.getLogger("io.loadcast.cli." + command.getCommandName());
    }

    private void print(String text) {
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + OneLine.of(text));
        err.flush();
    }
}
