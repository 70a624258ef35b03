package io.loadcast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that is told to end, as a process. */
class InterruptionTest {
    private static final int SECONDS = 30;

    /** Says when it works, and on an interruption whether the JVM has begun to go. */
    static final class Work {
        public static void main(String[] arguments) throws InterruptedException {
            Interruption interruption = Interruption.guard();
            interruption.then(() -> System.out.println(isShuttingDown() ? "too late" : "in order"));
            System.out.println("works");
            boolean happened = interruption.await(SECONDS, TimeUnit.SECONDS);
            System.out.println("ended, interrupted: " + happened);
            interruption.handled();
        }

        private static boolean isShuttingDown() {
            Thread hook = new Thread(() -> {});
            try {
                Runtime.getRuntime().addShutdownHook(hook);
                return !Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                return true;
            }
        }
    }

    @ParameterizedTest(name = "SIG{0} ends with {1}")
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void theWorkEndsBeforeTheJvmBeginsToGo(String signal, int status) throws Exception {
        // given
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Work.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertThat(output.readLine()).isEqualTo("works");

            // when
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();

            // then
            assertThat(output.lines().collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder("in order", "ended, interrupted: true");
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(status);
        } finally {
            process.destroyForcibly();
        }
    }
}
