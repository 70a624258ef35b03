package io.loadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, in an installed layout, with a Java and a Maven that only say how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    @TempDir
    Path home;

    private record Result(int exitCode, String output) {}

    @BeforeEach
    void install() throws IOException {
        Files.copy(Path.of("loadcast"), home.resolve("loadcast"));
        executable("loadcast");
        Files.createFile(home.resolve("loadcast.jar"));
        java(21);
    }

    @Test
    void runsTheJarBesideItWithTheArgumentsAsTheyAre() throws Exception {
        // when
        Result result = launch(Map.of(), "feed", "--csv", "a b", "");

        // then
        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).contains("<-jar><" + home.toRealPath() + "/loadcast.jar><feed><--csv><a b><>");
    }

    @Test
    void worksThroughASymbolicLinkFromAnotherDirectory() throws Exception {
        // given
        Path elsewhere = Files.createDirectories(home.resolve("bin/deep"));
        Files.createSymbolicLink(elsewhere.resolve("lc"), Path.of("../../loadcast"));

        // when
        Result result = run(elsewhere, Map.of(), "./lc", "--help");

        // then
        assertThat(result.output()).contains("<" + home.toRealPath() + "/loadcast.jar><--help>");
    }

    @Test
    void putsTheUsersJavaOptionsAfterItsOwn() throws Exception {
        // when
        Result result = launch(Map.of("LOADCAST_JAVA_OPTS", "-Xmx8g -Da=b"), "serve");

        // then
        assertThat(result.output()).contains("<-Xmx2g>").contains("<-Xmx8g><-Da=b>");
        assertThat(result.output().indexOf("-Xmx2g")).isLessThan(result.output().indexOf("-Xmx8g"));
    }

    @Test
    void allowsUnsafeMemoryOnlyWhereJavaKnowsTheOption() throws Exception {
        assertThat(launch(Map.of(), "serve").output()).doesNotContain("sun-misc-unsafe");
        java(25);
        assertThat(launch(Map.of(), "serve").output()).contains("<--sun-misc-unsafe-memory-access=allow>");
    }

    @Test
    void tunesMemoryForTrainingAndForServing() throws Exception {
        assertThat(launch(Map.of(), "train").output()).contains("OMP_WAIT_POLICY=PASSIVE");
        assertThat(launch(Map.of(), "serve").output())
                .doesNotContain("OMP_WAIT_POLICY")
                .contains("MALLOC_MMAP_THRESHOLD_=131072\n")
                .doesNotContain("MALLOC_TOP_PAD_");
    }

    @Test
    void refusesAnOldJava() throws Exception {
        // given
        java(11);

        // when
        Result result = launch(Map.of(), "serve");

        // then
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("is Java 11; loadcast needs 17 or later");
    }

    @Test
    void buildsASourceTreeOnceAndAgainWhenItChanges() throws Exception {
        // given
        sourceTree("touch target/loadcast.jar");

        // when, then
        assertThat(launch(Map.of(), "serve").output()).contains("building").contains("target/loadcast.jar><serve>");
        assertThat(launch(Map.of(), "serve").output()).doesNotContain("building");
        Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.fromMillis(System.currentTimeMillis() + 10_000));
        assertThat(launch(Map.of(), "serve").output()).contains("building");
    }

    @Test
    void showsTheLogOfABuildThatFails() throws Exception {
        // given
        sourceTree("echo the cause; exit 1");

        // when
        Result result = launch(Map.of(), "serve");

        // then
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("the cause").contains("loadcast: the build failed");
    }

    private void sourceTree(String mavenDoes) throws IOException {
        Files.delete(home.resolve("loadcast.jar"));
        Files.createFile(home.resolve("pom.xml"));
        Files.createDirectories(home.resolve("src/main"));
        script("mvn", mavenDoes);
    }

    private void java(int version) throws IOException {
        script("java", """
                if [ "$1" = -version ]; then echo 'openjdk version "%d.0.1" 2024-01-01' >&2; exit; fi
                printf '<%%s>' "$@"
                env | grep -e OMP_ -e MALLOC_ || true
                """.formatted(version));
    }

    private void script(String name, String body) throws IOException {
        Files.createDirectories(home.resolve("jdk/bin"));
        Files.writeString(home.resolve("jdk/bin").resolve(name), "#!/bin/sh\n" + body + "\n");
        executable("jdk/bin/" + name);
    }

    private void executable(String file) {
        assertThat(home.resolve(file).toFile().setExecutable(true)).isTrue();
    }

    private Result launch(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("loadcast").toString()));
        command.addAll(List.of(arguments));
        return run(Path.of("/"), environment, command.toArray(String[]::new));
    }

    private Result run(Path directory, Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(LOADCAST|OMP|MALLOC)_.*"));
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment().merge("PATH", home.resolve("jdk/bin").toString(), (path, bin) -> bin + ":" + path);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }
}
