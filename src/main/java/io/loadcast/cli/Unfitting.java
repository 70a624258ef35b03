package io.loadcast.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options that say nothing beside others: refused, for whoever gives them means something. */
final class Unfitting {
    /** Of {@link CsvOptions}. */
    static final List<String> OF_FILES =
            List.of("--label", "--zone", "--holidays", "--time-column", "--load-column", "--region");

    private Unfitting() {}

    /** @throws ParameterException if one of the options is given */
    static void refuse(CommandSpec spec, List<String> options, String beside) {
        for (String option : options) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(), "Option " + option + " has no meaning " + beside + "; leave it out.");
            }
        }
    }
}
