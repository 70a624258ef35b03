package io.loadcast.cli;

import io.loadcast.app.InvalidSettingException;
import io.loadcast.replay.ReplayRequestException;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What tells wrong usage, which the options or the settings are to blame for, from a failure, which the world is. */
final class Usage {
    private Usage() {}

    /**
     * A value that is made of options.
     *
     * @param value throws an {@link IllegalArgumentException} only for what options say
     * @throws ParameterException if it does
     */
    static <T> T of(CommandSpec spec, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether a failure that comes from below is the options' fault, or that of settings. */
    static boolean isWrongIn(Exception failure) {
        return failure instanceof InvalidSettingException || failure instanceof ReplayRequestException;
    }
}
