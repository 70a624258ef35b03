package io.loadcast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/architecture.md} as rules: which package may see which, and where each third-party library may appear. A package
 * or a library that is not named here breaks one of them, and so does the name of a package that is not there.
 */
class ArchitectureTest {
    private static final JavaClasses LOADCAST = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.loadcast");

    private static final Map<String, Set<String>> SEEN_BY_PACKAGE = Map.ofEntries(
            entry("domain", Set.of()),
            entry("onnxgraph", Set.of()),
            entry("broker", Set.of()),
            entry("logging", Set.of()),
            entry("forecasting", Set.of("domain")),
            entry("dataset", Set.of("domain")),
            entry("holidays", Set.of("domain")),
            entry("inference", Set.of("forecasting", "domain", "onnxgraph")),
            entry("metering", Set.of("domain")),
            entry("alerting", Set.of("forecasting", "domain")),
            entry("streaming", Set.of("alerting", "forecasting", "metering", "domain")),
            entry("models", Set.of("inference", "forecasting", "domain")),
            entry("feed", Set.of("dataset", "domain")),
            entry("view", Set.of("domain")),
            entry("http", Set.of("view", "domain")),
            entry("monitoring", Set.of("view", "streaming", "forecasting", "domain")),
            entry("zoo", Set.of("onnxgraph", "domain")),
            entry("training", Set.of("zoo", "dataset", "onnxgraph", "inference", "forecasting", "domain")),
            entry(
                    "app",
                    Set.of(
                            "http",
                            "monitoring",
                            "view",
                            "streaming",
                            "models",
                            "feed",
                            "broker",
                            "inference",
                            "dataset",
                            "holidays",
                            "alerting",
                            "forecasting",
                            "metering",
                            "domain")),
            entry(
                    "bench",
                    Set.of("app", "streaming", "feed", "broker", "inference", "dataset", "forecasting", "domain")),
            entry("replay", Set.of("app", "streaming", "feed", "broker", "dataset", "forecasting", "domain")),
            entry(
                    "cli",
                    Set.of(
                            "app",
                            "bench",
                            "replay",
                            "view",
                            "streaming",
                            "models",
                            "feed",
                            "inference",
                            "training",
                            "zoo",
                            "onnxgraph",
                            "dataset",
                            "holidays",
                            "forecasting",
                            "logging",
                            "domain")));

    private static final Map<String, Set<String>> PACKAGES_BY_LIBRARY = Map.ofEntries(
            entry("ai.onnxruntime..", Set.of("inference")),
            entry("ai.djl..", Set.of("zoo", "training")),
            entry("ai.onnx..", Set.of("onnxgraph", "zoo")),
            entry("com.google.protobuf..", Set.of("onnxgraph", "zoo")),
            entry("org.tribuo..", Set.of("dataset", "training")),
            entry("org.apache.commons.csv..", Set.of("dataset", "http")),
            entry("org.yaml.snakeyaml..", Set.of("http")),
            entry("io.swagger.v3.oas.annotations..", Set.of("http", "monitoring")),
            entry("org.reactivestreams..", Set.of("http")),
            entry("io.netty.handler.codec.compression..", Set.of("http")), // says that a body is damaged
            entry("de.focus_shift.jollyday..", Set.of("holidays")),
            entry("org.knowm.xchart..", Set.of("training.evaluation")),
            entry("java.awt..", Set.of("training.evaluation")),
            entry(
                    "org.apache.kafka..",
                    Set.of("streaming", "models", "feed", "view", "monitoring", "app", "broker", "bench", "replay")),
            entry("org.apache.kafka.server..", Set.of("broker")),
            entry("org.apache.kafka.metadata..", Set.of("broker")),
            entry("kafka..", Set.of("broker")),
            entry("io.micrometer..", Set.of("monitoring", "app")),
            entry("io.prometheus..", Set.of("monitoring")),
            entry("io.micronaut..", Set.of("app", "http", "monitoring")),
            entry("jakarta..", Set.of("app", "http", "monitoring")),
            entry("picocli..", Set.of("cli")),
            entry("ch.qos.logback..", Set.of("logging")),
            entry(
                    "com.fasterxml.jackson..",
                    Set.of(
                            "inference",
                            "streaming",
                            "models",
                            "feed",
                            "training",
                            "view",
                            "http",
                            "app",
                            "bench",
                            "replay",
                            "cli")),
            entry("javax.management..", Set.of("bench")),
            entry("sun.misc..", Set.of("cli")), // signals
            entry("com.sun.management..", Set.of("bench")),
            entry(
                    "org.slf4j..",
                    Set.of(
                            "inference",
                            "streaming",
                            "models",
                            "feed",
                            "training",
                            "view",
                            "http",
                            "monitoring",
                            "app",
                            "cli")));

    @ParameterizedTest(name = "{0} sees only {1}")
    @MethodSource
    void arrowsPointDownOnly(String from, Set<String> allowed) {
        String[] seen = Stream.concat(Stream.of(from), allowed.stream())
                .map(ArchitectureTest::packageTree)
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(packageTree(from)))
                .should()
                .dependOnClassesThat(are(resideInAPackage("io.loadcast..").and(not(resideInAnyPackage(seen)))))
                .check(LOADCAST);
    }

    @ParameterizedTest(name = "{0} only in {1}")
    @MethodSource
    void aLibraryAppearsOnlyWhereItBelongs(String library, Set<String> allowed) {
        noClasses()
                .that(are(not(resideInAnyPackage(packageTrees(allowed)))))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(LOADCAST);
    }

    @Test
    void everyLibraryHasItsPlace() {
        String[] known = Stream.concat(
                        Stream.of("java..", "io.loadcast..", "org.jspecify.."), PACKAGES_BY_LIBRARY.keySet().stream())
                .toArray(String[]::new);
        classes().should().onlyDependOnClassesThat(resideInAnyPackage(known)).check(LOADCAST);
    }

    @Test
    void theHeartSeesOnlyTheJdk() {
        classes()
                .that(resideInAnyPackage(
                        packageTree("domain"),
                        packageTree("forecasting"),
                        packageTree("metering"),
                        packageTree("alerting")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        packageTree("domain"),
                        packageTree("forecasting"),
                        packageTree("metering"),
                        packageTree("alerting")))
                .check(LOADCAST);
    }

    @Test
    void everyClassLivesInAPackageOfTheDesign() {
        classes()
                .should()
                .resideInAnyPackage(packageTrees(SEEN_BY_PACKAGE.keySet()))
                .check(LOADCAST);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("io.loadcast.(*)..").should().beFreeOfCycles().check(LOADCAST);
    }

    @Test
    void nothingIsNamedForBeingLeftOver() {
        String leftOver = "(?i).*(util|utils|utility|common|helper|manager|impl)";
        classes().should().haveNameNotMatching(leftOver).check(LOADCAST);
        assertThat(packagesIn(Path.of("src/main/java")))
                .extracting(name -> name.getFileName().toString())
                .noneMatch(name -> name.matches(leftOver));
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() {
        assertThat(packagesIn(Path.of("src/main/java"))).isNotEmpty().allSatisfy(directory -> {
            Path info = directory.resolve("package-info.java");
            assertThat(info).exists();
            assertThat(info).content().contains("@NullMarked").startsWith("/**");
        });
    }

    private static Set<Path> packagesIn(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            Set<Path> directories = new TreeSet<>();
            java.forEach(file -> directories.add(file.getParent()));
            return directories;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Arguments> arrowsPointDownOnly() {
        return rows(SEEN_BY_PACKAGE);
    }

    private static Stream<Arguments> aLibraryAppearsOnlyWhereItBelongs() {
        return rows(PACKAGES_BY_LIBRARY);
    }

    private static Stream<Arguments> rows(Map<String, Set<String>> map) {
        return map.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(row -> Arguments.of(row.getKey(), new TreeSet<>(row.getValue())));
    }

    private static String[] packageTrees(Set<String> names) {
        return names.stream().map(ArchitectureTest::packageTree).toArray(String[]::new);
    }

    private static String packageTree(String name) {
        return "io.loadcast." + name + "..";
    }
}
