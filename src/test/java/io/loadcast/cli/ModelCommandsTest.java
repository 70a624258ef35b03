package io.loadcast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.Calendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.forecasting.WindowBatch;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ManifestJson;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import io.loadcast.inference.TestModels;
import io.loadcast.training.MadeSeries;
import io.loadcast.training.TrainingTime;
import io.loadcast.zoo.Architecture;
import io.loadcast.zoo.Zoo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code train}, {@code evaluate} and {@code inspect}, as a user would call them one after the other. */
class ModelCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void trainedModelCanBeInspectedAndEvaluated() throws Exception {
        // given
        csv("north", 2000, 1);
        csv("south", 1800, 2);
        String model = directory.resolve("model.onnx").toString();

        // when
        int trained = run("train", "--csv", directory.toString(), "--out", model, "--epochs", "1", "--threads", "1");
        String stdoutOfTrain = out.toString();
        int evaluated =
                run("evaluate", "--csv", directory.toString(), "--model", model, "--protocol", "article", "--json");
        JsonNode evaluation = JSON.readTree(out.toString());
        out.getBuffer().setLength(0);
        int inspected = run("inspect", model, "--json");
        JsonNode inspection = JSON.readTree(out.toString());

        // then
        assertThat(trained).as(err.toString()).isZero();
        assertThat(stdoutOfTrain).isEmpty();
        assertThat(err.toString()).contains("linear start", "epoch 1/1", "file and network differ by at most");
        assertThat(evaluated).isZero();
        assertThat(evaluation.get("windows").asInt()).isEqualTo(191 + 171);
        double recorded =
                inspection.at("/manifest/scores/article_test_smape_pct_1h").asDouble();
        assertThat(evaluation.at("/models/0/smape_pct/1").asDouble()).isEqualTo(recorded);
        assertThat(inspected).isZero();
        assertThat(inspection.at("/manifest/training/regions").asText()).isEqualTo("north, south");
        assertThat(inspection.get("sha256").asText())
                .isEqualTo(ModelFile.read(Path.of(model)).id().sha256());
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void everyArchitectureTrainsToAFileThatForecasts(String architecture) throws IOException {
        // given
        csv("north", 1200, 1);
        HourlySeries north = MadeSeries.of("north", 1200, 1);
        Path model = directory.resolve("model.onnx");

        // when
        String size =
                architecture.startsWith("article-") ? " --hidden 16 --epochs 20 --learning-rate 0.01" : " --epochs 1";
        int trained = run(
                ("train --architecture " + architecture + size + " --threads 1 --csv " + directory + " --out " + model)
                        .split(" "));

        // then
        assertThat(trained).as(err.toString()).isZero();
        WindowBatch batch;
        try (OnnxForecastEngine engine =
                OnnxForecastEngine.open(ModelFile.read(model), new EngineOptions(Device.CPU, 1))) {
            assertThat(engine.manifest().architecture()).isEqualTo(architecture);
            batch = new WindowBatch(engine.manifest(), 1);
            batch.add(
                    north.region(),
                    Arrays.copyOf(north.loadMw(), 90),
                    north.epochHour(89),
                    new Calendar(north.civilCalendar(), engine.manifest().calendarFeatures()));
            engine.run(batch);
        }
        assertThat(batch.quantileMw(0, 1, 1)).isCloseTo(north.loadMw(90), withinPercentage(20));
    }

    @Test
    void manifestTellsDataFilesSettingsSizesAndVersions() throws Exception {
        // given
        csv("north", 1500, 1);
        String model = directory.resolve("model.onnx").toString();
        byte[] file = Files.readAllBytes(directory.resolve("north.csv"));
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));

        // when
        int trained = run(("train --architecture lstm --hidden 12 --layers 2 --dropout 0.2 --loss mae --average 0.9"
                        + " --next-hour-weight 4 --schedule constant --weight-decay 0 --clip 0 --epochs 1 --threads 1"
                        + " --csv " + directory + " --out " + model)
                .split(" "));
        int inspected = run("inspect", model, "--json");
        JsonNode training = JSON.readTree(out.toString()).at("/manifest/training");

        // then
        assertThat(trained).as(err.toString()).isZero();
        assertThat(inspected).isZero();
        assertThat(training.get("data_north").asText())
                .isEqualTo("north.csv, 1500 rows, sha256 " + sha256
                        + ", 1500 hours, 2017-11-30T00:00:00Z to 2018-01-31T11:00:00Z");
        assertThat(JSON.convertValue(training, new TypeReference<Map<String, String>>() {}))
                .containsEntry("hidden", "12")
                .containsEntry("layers", "2")
                .containsEntry("dropout", "0.2")
                .containsEntry("loss", "mae")
                .containsEntry("average_decay", "0.9")
                .containsEntry("next_hour_weight", "4.0")
                .containsEntry("schedule", "constant")
                .containsEntry("weight_decay", "0.0")
                .containsEntry("clip_norm", "0.0")
                .containsEntry("seed", "1")
                .containsEntry("version_pytorch", "2.7.1")
                .containsKeys("parameters", "split", "version_loadcast", "version_djl", "version_tribuo")
                .containsKey("version_onnxruntime")
                .allSatisfy((key, value) -> assertThat(value).as(key).doesNotContain("${", directory.toString()));
    }

    @Test
    void presetTrainsAsTheArticleDidButForWhatIsGivenByHand() throws Exception {
        // given
        csv("north", 900, 1);
        String model = directory.resolve("model.onnx").toString();

        // when
        int trained = run(("train --preset article-lstm --hidden 8 --epochs 2 --loss mae --threads 1 --csv " + directory
                        + " --out " + model)
                .split(" "));
        int inspected = run("inspect", model, "--json");
        JsonNode manifest = JSON.readTree(out.toString()).get("manifest");

        // then
        assertThat(trained).as(err.toString()).isZero();
        assertThat(inspected).isZero();
        assertThat(manifest.get("architecture").asText()).isEqualTo("article-lstm");
        assertThat(manifest.get("name").asText()).isEqualTo("article-lstm");
        assertThat(manifest.get("horizon_hours").asInt()).isEqualTo(1);
        assertThat(JSON.convertValue(manifest.get("training"), new TypeReference<Map<String, String>>() {}))
                .containsEntry("hidden", "8")
                .containsEntry("epochs", "2")
                .containsEntry("loss", "mae")
                .containsEntry("layers", "2")
                .containsEntry("dropout", "0.2")
                .containsEntry("batch", "1024")
                .containsEntry("learning_rate", "0.001")
                .containsEntry("schedule", "constant")
                .containsEntry("weight_decay", "0.0")
                .containsEntry("clip_norm", "0.0")
                .containsEntry("next_hour_weight", "1.0")
                .containsEntry("start", "random weights")
                .containsKey("scaling")
                .doesNotContainKey("ridge");
        assertThat(manifest.get("scores").fieldNames())
                .toIterable()
                .contains("article_test_smape_pct_1h", "validation_mae_pct_1h")
                .noneMatch(score -> score.contains("24h"));
        assertThat(manifest.at("/region_scales/north").fieldNames())
                .toIterable()
                .containsExactly("load_mw", "hour_of_day", "day_of_week", "month", "day_of_year");
        assertThat(manifest.at("/region_scales/north/hour_of_day/1").asDouble()).isEqualTo(23);
    }

    @Test
    void regionThatAModelWasNotTrainedOnIsToldBeforeAnythingIsScored() throws Exception {
        // given
        csv("north", 900, 1);
        csv("south", 900, 2);
        Path model = directory.resolve("model.onnx");
        int trained = run(("train --preset article-gru --hidden 4 --epochs 1 --threads 1 --csv "
                        + directory.resolve("north.csv") + " --out " + model)
                .split(" "));
        assertThat(trained).as(err.toString()).isZero();

        for (String command : List.of("evaluate", "compare")) {
            // when
            err.getBuffer().setLength(0);
            int exitCode = run((command + " --csv " + directory + " --model " + model).split(" "));

            // then
            assertThat(exitCode).isEqualTo(1);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString().strip())
                    .contains(
                            "model 'article-gru' has no scale for region south, as it was not trained on it, but on north",
                            "leave the region out")
                    .doesNotContain("\n");
        }
    }

    @Test
    void modelOfTheNextHourIsEvaluatedAndComparedWithTheOthersByThatHour() throws Exception {
        // given
        csv("north", 1000, 1);
        Path models = Files.createDirectory(directory.resolve("models"));
        Path csv = directory.resolve("north.csv");
        Files.write(models.resolve("a.onnx"), TestModels.persistence());
        Files.write(models.resolve("b.onnx"), TestModels.scaled(ManifestJson.write(TestModels.SCALED)));
        String arguments = " --no-linear --csv " + csv + " --model-dir " + models;

        // when
        int evaluated = run(("evaluate" + arguments + " --report " + directory.resolve("report")).split(" "));
        String table = out.toString();
        out.getBuffer().setLength(0);
        int compared = run(("compare" + arguments).split(" "));
        int inspected = run("inspect", models.resolve("b.onnx").toString());

        // then
        assertThat(evaluated).as(err.toString()).isZero();
        assertThat(compared).as(err.toString()).isZero();
        assertThat(inspected).isZero();
        assertThat(table.lines()).anyMatch(line -> line.matches("scaled +[0-9.]+( +-){6} +[0-9.]+"));
        assertThat(out.toString())
                .contains("north  load_mw 100 … 1000, hour_of_day 0 … 23, month 1 … 12", "region float32 [batch, 6]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "time,foo,bar\\n2024-01-01T00:00Z,1,2 | bad.csv:1: no load column among [time, foo, bar]: name it with --load-column",
                "\"\"                                 | bad.csv: is empty; it needs a header",
                "time,load_mw\\n                      | bad.csv: has no row with a load",
                "time,load_mw\\n2024-01-01T00:00Z,5   | bad.csv: region bad has 1 hours; a test needs at least 100; give a longer file",
                "time,load_mw\\n2024-01-01T00:00Z,x   | bad.csv:2: load 'x' is not a number",
                "time,load_mw\\nyesterday,7           | bad.csv:2: time 'yesterday' is not a date and time",
            })
    void dataThatCannotTrainIsToldWithFileAndLineBeforeTrainingStarts(String csv, String told) throws IOException {
        // given
        Path bad = Files.writeString(directory.resolve("bad.csv"), csv.replace("\\n", "\n"));
        Path model = directory.resolve("model.onnx");

        // when
        int exitCode = run("train", "--csv", bad.toString(), "--out", model.toString());

        // then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains(told).doesNotContain("linear start");
        assertThat(model).doesNotExist();
    }

    @Test
    void placeThatCannotBeWrittenIsToldBeforeTrainingStarts() throws IOException {
        // given
        csv("north", 3000, 1);
        Path csv = directory.resolve("north.csv");
        Path file = Files.writeString(directory.resolve("file"), "");

        // when
        int toADirectory = run("train", "--csv", csv.toString(), "--out", directory.toString());
        int intoAFile = run(
                "train",
                "--csv",
                csv.toString(),
                "--out",
                directory.resolve("model.onnx").toString(),
                "--checkpoint",
                file.toString());

        // then
        assertThat(toADirectory).isEqualTo(1);
        assertThat(intoAFile).isEqualTo(1);
        assertThat(err.toString())
                .contains("--out " + directory + " is a directory; name a file")
                .contains("--checkpoint: nothing can be written to " + file)
                .doesNotContain("linear start");
    }

    @Test
    void presetRefusesAnotherArchitecture() {
        int exitCode = run("train", "--preset", "article-gru", "--architecture", "lstm", "--csv", "north.csv");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("--preset brings its own architecture");
    }

    @Test
    void inspectPrintsTheShippedModelForPeople() {
        int exitCode = run("inspect");

        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("gru-attention")
                .contains("load_mw float32 [batch, 90]")
                .contains("region float32 [batch, 1]")
                .contains("knows        AEP, COMED, DAYTON, DEOK, DOM, DUQ, EKPC, FE, NI, PJME, PJMW, PJM_Load")
                .contains("quantiles_mw float32 [batch, 24, 3]");
    }

    @Test
    void evaluatePrintsATableForPeople() throws IOException {
        // given
        csv("north", 1000, 1);

        // when
        int exitCode = run("evaluate", "--csv", directory.toString());

        // then
        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains(
                        "protocol article, 91 windows",
                        "last-value",
                        "ratio",
                        "north",
                        "loads inside [p10, p90] in % (nominal 80)");
    }

    @Test
    void evaluateScoresSeveralModelsOnTheSameHours() throws Exception {
        // given
        csv("north", 1000, 1);
        Path repeats = Files.write(directory.resolve("repeats.onnx"), TestModels.persistence());
        Path again = Files.copy(repeats, directory.resolve("again.onnx"));

        // when
        int exitCode = run(
                "evaluate",
                "--csv",
                directory.resolve("north.csv").toString(),
                "--protocol",
                "rolling",
                "--model",
                repeats + "," + again,
                "--json");

        // then
        assertThat(exitCode).as(err.toString()).isZero();
        JsonNode evaluation = JSON.readTree(out.toString());
        assertThat(evaluation.get("protocol").asText()).isEqualTo("rolling");
        assertThat(evaluation.get("windows").asInt()).isEqualTo(100);
        assertThat(evaluation.get("models"))
                .extracting(model -> model.get("name").asText())
                .containsExactly("persistence (repeats.onnx)", "persistence (again.onnx)");
        assertThat(evaluation.at("/models/0/smape_pct")).isEqualTo(evaluation.at("/models/1/smape_pct"));
        assertThat(evaluation.at("/models/0/skill/last-value/1").asDouble()).isCloseTo(0, within(1e-4));
    }

    @Test
    void evaluateWritesAReportAndLeavesStdoutToTheFigures() throws Exception {
        // given
        csv("north", 1000, 1);
        Path report = directory.resolve("out/report");

        // when
        int exitCode = run(
                "evaluate",
                "--csv",
                directory.resolve("north.csv").toString(),
                "--report",
                report.toString(),
                "--json");

        // then
        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(JSON.readTree(out.toString()).get("windows").asInt()).isEqualTo(91);
        assertThat(err.toString()).contains("report.html");
        assertThat(report.resolve("report.html")).content().contains("north", "gru-attention");
        assertThat(report.resolve("week-1-north.png")).isNotEmptyFile();
    }

    @Test
    void evaluateLeavesTheLinearBaselineOutIfAsked() throws Exception {
        // given
        csv("north", 1000, 1);

        // when
        run("evaluate", "--csv", directory.toString(), "--json");
        JsonNode with = JSON.readTree(out.toString());
        out.getBuffer().setLength(0);
        run("evaluate", "--csv", directory.toString(), "--json", "--no-linear");
        JsonNode without = JSON.readTree(out.toString());

        // then
        assertThat(with.at("/models/0/skill").has("linear")).isTrue();
        assertThat(with.at("/baselines/4/note").asText()).contains("too little data");
        assertThat(without.at("/models/0/skill").has("linear")).isFalse();
        assertThat(without.get("baselines")).hasSize(4);
    }

    @Test
    void compareSetsModelsBesideEachOtherAndTheBaselines() throws Exception {
        // given: two models of one name, one of which says how long it was trained
        csv("north", 1000, 1);
        Path models = Files.createDirectory(directory.resolve("models"));
        Files.write(models.resolve("a.onnx"), TestModels.persistence());
        Files.write(models.resolve("b.onnx"), TestModels.persistence());
        TrainingTime.write(models.resolve("b.onnx"), Duration.ofMillis(840_400));
        Path csv = directory.resolve("north.csv");

        // when
        int exitCode = run("compare", "--csv", csv.toString(), "--model-dir", models.toString(), "--json");
        JsonNode comparison = JSON.readTree(out.toString());

        // then
        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(comparison.get("windows").asInt()).isEqualTo(91);
        assertThat(comparison.get("models"))
                .extracting(model -> model.get("name").asText())
                .containsExactly("persistence (a.onnx)", "persistence (b.onnx)");
        JsonNode model = comparison.at("/models/1");
        assertThat(model.fieldNames())
                .toIterable()
                .containsExactly(
                        "name",
                        "architecture",
                        "parameters",
                        "size_bytes",
                        "training_seconds",
                        "smape_pct",
                        "coverage_pct",
                        "windows_per_second_by_batch");
        assertThat(comparison.at("/models/0/training_seconds").isNull()).isTrue();
        assertThat(model.get("training_seconds").asDouble()).isEqualTo(840.4);
        assertThat(model.get("size_bytes").asLong()).isEqualTo(Files.size(models.resolve("b.onnx")));
        assertThat(model.get("parameters").asLong())
                .isEqualTo(ModelFile.read(models.resolve("b.onnx")).parameters());
        assertThat(model.get("smape_pct").fieldNames()).toIterable().containsExactly("1", "6", "24");
        assertThat(model.at("/smape_pct/6").asDouble())
                .isCloseTo(comparison.at("/baselines/0/smape_pct/6").asDouble(), within(1e-4));
        assertThat(model.get("coverage_pct").fieldNames()).toIterable().containsExactly("1", "24");
        assertThat(model.at("/windows_per_second_by_batch/1").isNumber()).isTrue();
        assertThat(model.at("/windows_per_second_by_batch/32").isNumber()).isTrue();
        assertThat(comparison.at("/baselines/4/smape_pct").isNull()).isTrue();
    }

    @Test
    void comparePrintsATableForPeopleAndWritesItAsMarkdown() throws IOException {
        // given
        csv("north", 1000, 1);
        Path model = Files.write(directory.resolve("b.onnx"), TestModels.persistence());
        TrainingTime.write(model, Duration.ofMillis(840_400));
        Path markdown = directory.resolve("table.md");

        // when
        int exitCode = run(("compare --protocol rolling --csv " + directory.resolve("north.csv") + " --model " + model
                        + " --report " + markdown)
                .split(" "));

        // then
        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("persistence +none .* 14 min .*[0-9]"))
                .anyMatch(line -> line.matches("seasonal-naive-168h +baseline( +[0-9.—]+){10}"))
                .anyMatch(line -> line.startsWith("linear: not scored, too little data"));
        assertThat(markdown)
                .content()
                .contains(
                        "| model | architecture | parameters | KiB | training | sMAPE 1 h |",
                        "| last-value | baseline |");
    }

    @Test
    void compareOfADirectoryWithoutModelsSaysWhatItWants() throws IOException {
        // given
        csv("north", 1000, 1);

        // when
        int exitCode = run("compare", "--csv", directory.toString(), "--model-dir", directory.toString());

        // then
        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().strip())
                .contains("give a directory of model files")
                .doesNotContain("\n");
    }

    @Test
    void failureIsOneLineOnStderrAndExitCodeOne() throws IOException {
        // given
        Path noModel = Files.writeString(directory.resolve("notes.onnx"), "not a model");

        // when
        int exitCode = run("inspect", noModel.toString());

        // then
        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().strip()).contains("not an ONNX model").doesNotContain("\n");
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        assertThat(run("evaluate")).isEqualTo(2);
        assertThat(run("train", "--csv", "x", "--epochs", "many")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "train --epochs 0          | --epochs       | '0' is no count; give a whole number, 1 or more",
                "train --patience -1       | --patience     | '-1' is no count",
                "train --batch 0           | --batch        | '0' is no count",
                "train --threads two       | --threads      | 'two' is no count",
                "train --learning-rate 0   | --learning-rate| '0' is not positive; give a number above 0",
                "train --ridge NaN         | --ridge        | 'NaN' is not positive",
                "train --architecture cnn  | --architecture | 'cnn' is unknown; known are gru-attention, gru, lstm, sru, transformer, seq2seq, seq2seq-attention, linear, article-gru, article-lstm",
                "train --preset article    | --preset       | 'article' is unknown; known are article-gru, article-lstm",
                "train --loss huber        | --loss         | 'huber' is unknown; known are pinball, mae, mse",
                "train --schedule step     | --schedule     | 'step' is unknown; known are cosine, constant",
                "train --dropout 1         | --dropout      | '1' is no share; give a number from 0 to below 1",
                "train --average 1         | --average      | '1' is no share",
                "train --weight-decay -1   | --weight-decay | '-1' is negative or no number; give 0 or more",
                "train --architecture linear --hidden 8  | --hidden | architecture 'linear' has no size of a state to choose",
                "train --architecture sru --layers 2     | --layers | architecture 'sru' has no number of layers to choose",
                "train --architecture transformer --hidden 30 | hidden 30 | no multiple of its 4 heads; give one, such as 64",
                "train --resume            | --resume       | give --checkpoint=DIR too",
                "evaluate --threads 0      | --threads      | '0' is no count",
                "evaluate --device tpu     | --device       | 'tpu' is unknown; known are auto, cpu, cuda",
            })
    void wrongValueIsExitCodeTwoAndTold(String line, String option, String remedy) {
        // when
        int exitCode = run((line + " --csv x").split(" "));

        // then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString().lines().findFirst())
                .hasValueSatisfying(told -> assertThat(told).contains(option, remedy));
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluate", "compare", "inspect"})
    void helpListsTheExitCodes(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Exit codes:", "wrong usage");
    }

    static Stream<String> architectures() {
        return Zoo.ARCHITECTURES.stream().map(Architecture::name);
    }

    private int run(String... arguments) {
        CommandLine commandLine = Loadcast.commandLine();
        return commandLine
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private void csv(String region, int hours, long seed) throws IOException {
        HourlySeries series = MadeSeries.of(region, hours, seed);
        StringBuilder text = new StringBuilder("time,load_mw\n");
        for (int i = 0; i < series.hours(); i++) {
            text.append(EpochHour.start(series.epochHour(i)))
                    .append(',')
                    .append(series.loadMw(i))
                    .append('\n');
        }
        Files.writeString(directory.resolve(region + ".csv"), text);
    }
}
