package io.loadcast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The architecture as rules: which package may see which, and where each third-party library may appear. A package that does
 * not exist yet breaks none of them; one that is not named here breaks one.
 */
class ArchitectureTest {
    private static final JavaClasses LOADCAST = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.loadcast");

    private static final Set<String> PACKAGES = Set.of(
            "domain",
            "forecasting",
            "inference",
            "streaming",
            "dataset",
            "zoo",
            "onnxgraph",
            "training",
            "feed",
            "http",
            "cli",
            "broker",
            "app");

    @ParameterizedTest(name = "{0} sees only [{1}]")
    @CsvSource(
            delimiter = '|',
            value = {
                "domain      | ''",
                "forecasting | domain",
                "onnxgraph   | ''",
                "dataset     | domain",
                "broker      | ''",
                "inference   | forecasting, domain, onnxgraph",
                "streaming   | forecasting, domain",
                "http        | forecasting, domain",
                "feed        | dataset, domain",
                "zoo         | onnxgraph, domain",
                "training    | zoo, dataset, onnxgraph, inference, forecasting, domain",
                "app         | streaming, http, feed, broker, inference, dataset, forecasting, domain",
            })
    void arrowsPointDownOnly(String from, String allowed) {
        String[] seen = Stream.concat(Stream.of(from), Stream.of(allowed.split(",\\s*")))
                .filter(name -> !name.isEmpty())
                .map(ArchitectureTest::packageTree)
                .toArray(String[]::new);
        noClasses()
                .that(resideInAPackage(packageTree(from)))
                .should()
                .dependOnClassesThat(are(resideInAPackage("io.loadcast..").and(not(resideInAnyPackage(seen)))))
                .allowEmptyShould(true)
                .check(LOADCAST);
    }

    @ParameterizedTest(name = "{0} only in [{1}]")
    @CsvSource(
            delimiter = '|',
            value = {
                "ai.onnxruntime..        | inference",
                "ai.djl..                | zoo, training",
                "ai.onnx..               | onnxgraph, zoo",
                "com.google.protobuf..   | onnxgraph, zoo",
                "org.tribuo..            | dataset, training",
                "org.apache.commons.csv..| dataset",
                "org.knowm.xchart..      | training.evaluation",
                "java.awt..              | training.evaluation",
                "org.apache.kafka..      | streaming, feed, broker, app, http",
                "kafka..                 | broker",
                "io.micronaut..          | app, http, cli",
                "jakarta..               | app, http, cli",
                "picocli..               | cli",
            })
    void aLibraryAppearsOnlyWhereItBelongs(String library, String allowed) {
        String[] owners = Stream.of(allowed.split(",\\s*"))
                .map(ArchitectureTest::packageTree)
                .toArray(String[]::new);
        noClasses()
                .that(are(not(resideInAnyPackage(owners))))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(LOADCAST);
    }

    @Test
    void theHeartSeesOnlyTheJdk() {
        classes()
                .that(resideInAnyPackage(packageTree("domain"), packageTree("forecasting")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "org.jspecify..", packageTree("domain"), packageTree("forecasting")))
                .check(LOADCAST);
    }

    @Test
    void everyClassLivesInAPackageOfTheDesign() {
        String[] trees = PACKAGES.stream().map(ArchitectureTest::packageTree).toArray(String[]::new);
        classes().should().resideInAnyPackage(trees).check(LOADCAST);
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

    private static String packageTree(String name) {
        return "io.loadcast." + name + "..";
    }
}
