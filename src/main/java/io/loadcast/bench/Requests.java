package io.loadcast.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The child's end of the line between a driver and a {@link ChildJvm}: requests come on stdin, a line each; each gets one line of
 * JSON on stdout. For one thread. The driver's death closes stdin, and so ends the child.
 */
final class Requests {
    static final JsonMapper JSON = new JsonMapper();

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintStream out = System.out;

    /** Takes stdout for itself; what others print goes to stderr. */
    Requests() {
        System.setOut(System.err);
    }

    /** The next request; null when there will be none any more. */
    @Nullable
    String next() throws IOException {
        return in.readLine();
    }

    void answer(Object value) throws IOException {
        out.println(JSON.writeValueAsString(value));
        out.flush();
    }

    /** The answer instead of one, if the child fails. */
    void fail(Exception failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        out.println(JSON.createObjectNode().put(ChildJvm.FAILURE, message));
        out.flush();
    }
}
