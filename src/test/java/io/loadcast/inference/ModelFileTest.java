package io.loadcast.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.onnxgraph.OnnxModel;
import io.loadcast.onnxgraph.Sha256;
import io.loadcast.onnxgraph.TinyModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final String SCALED = ManifestJson.write(TestModels.SCALED);
    private static final String KNOWING = ManifestJson.write(TestModels.KNOWING);
    private static final String MANIFEST = ManifestJson.write(TestModels.MANIFEST);

    @Test
    void tellsWhoItIs(@TempDir Path directory) throws Exception {
        // given
        byte[] bytes = TestModels.persistence();
        Path path = Files.write(directory.resolve("model.onnx"), bytes);

        // when
        ModelFile file = ModelFile.read(path);

        // then
        assertThat(file.manifest()).isEqualTo(TestModels.MANIFEST);
        assertThat(file.id().name()).isEqualTo("persistence");
        assertThat(file.id().sha256()).isEqualTo(Sha256.hex(bytes)).hasSize(64);
        assertThat(file.sizeBytes()).isEqualTo(bytes.length);
    }

    @Test
    void tellsTheScalesOfItsRegions() {
        ModelFile file = ModelFile.of("test", TestModels.scaled(SCALED));

        assertThat(file.manifest()).isEqualTo(TestModels.SCALED);
        assertThat(file.inputs())
                .extracting(Object::toString)
                .contains("region float32 [batch, 6]")
                .hasSize(3);
        assertThat(SCALED).contains("\"north\":{\"load_mw\":[100.0,1000.0],\"hour_of_day\":[0.0,23.0]");
        assertThat(MANIFEST).doesNotContain("region_scales");
    }

    @Test
    void tellsTheRegionsThatItKnows() {
        ModelFile file = ModelFile.of("test", TestModels.knowing(KNOWING));

        assertThat(file.manifest()).isEqualTo(TestModels.KNOWING);
        assertThat(file.inputs())
                .extracting(Object::toString)
                .contains("region float32 [batch, 1]")
                .hasSize(3);
        assertThat(KNOWING).contains("\"known_regions\":[\"west\",\"north\"]");
        assertThat(MANIFEST).doesNotContain("known_regions");
    }

    @Test
    void refusesKnownRegionsThatAreNoneTwiceOrOfAModelThatIsNotToldThem() {
        assertRefused(
                TestModels.withManifest(MANIFEST.replace("\"training\"", "\"known_regions\":[\"north\"],\"training\"")),
                "are not what its manifest says");
        assertRefused(TestModels.knowing(MANIFEST), "are not what its manifest says");
        assertRefused(
                TestModels.knowing(KNOWING.replace("[\"west\",\"north\"]", "\"west\"")),
                "manifest: known_regions is not a list");
        assertRefused(TestModels.knowing(KNOWING.replace("\"north\"", "\"west\"")), "region west is known twice");
        assertRefused(
                TestModels.scaled(SCALED.replace("\"training\"", "\"known_regions\":[\"north\"],\"training\"")),
                "manifest: region_scales and known_regions are both there");
    }

    @Test
    void refusesScalesThatAreNoneOrOfAModelThatTakesNone() {
        assertRefused(
                TestModels.withManifest(
                        MANIFEST.replace(
                                "\"training\"",
                                "\"region_scales\":{\"north\":{\"load_mw\":[1,2],"
                                        + "\"hour_of_day\":[0,23],\"day_of_week\":[0,6],\"day_of_year\":[1,366]}},\"training\"")),
                "are not what its manifest says");
        assertRefused(TestModels.scaled(MANIFEST), "are not what its manifest says");
        assertRefused(
                TestModels.scaled(SCALED.replace("[100.0,1000.0]", "[100.0]")),
                "manifest: region_scales has not two numbers of load_mw, but [100.0]");
        assertRefused(
                TestModels.scaled(SCALED.replace("[100.0,1000.0]", "[1000.0,100.0]")),
                "extremes 1000.0 and 100.0 are not finite and ascending");
        assertRefused(TestModels.scaled(SCALED.replace("\"load_mw\"", "\"load\"")), "manifest: load_mw is not a list");
    }

    @Test
    void refusesAPathWithoutAFile(@TempDir Path directory) {
        assertThatThrownBy(() -> ModelFile.read(directory.resolve("nowhere.onnx")))
                .isInstanceOf(ForecastEngineException.class)
                .hasMessageEndingWith("nowhere.onnx: no such file; check the path");
    }

    @Test
    void refusesAFileThatIsNotOnnx() {
        assertRefused("region,load\nAEP,1\n".getBytes(StandardCharsets.UTF_8), "not an ONNX model");
    }

    @Test
    void refusesAModelWithoutManifest() {
        assertRefused(TinyModels.persistence(90, 24, 3).sealed().toByteArray(), "has no manifest");
    }

    @Test
    void refusesAManifestThatIsNotJson() {
        assertRefused(TestModels.withManifest("name: persistence"), "manifest: not JSON");
    }

    @Test
    void refusesAManifestWithoutAField() {
        assertRefused(
                TestModels.withManifest(MANIFEST.replace("lookback_hours", "lookback")),
                "manifest: lookback_hours is not a whole number");
    }

    @Test
    void refusesShapesOtherThanTheManifests() {
        assertRefused(
                TestModels.withManifest(MANIFEST.replace("\"lookback_hours\":90", "\"lookback_hours\":91")),
                "its inputs [load_mw float32 [batch, 90], calendar float32 [batch, 114, 3]] are not what its manifest says:"
                        + " [load_mw float32 [batch, 91], calendar float32 [batch, 115, 3]]");
        assertRefused(
                TestModels.withManifest(MANIFEST.replace("[0.1,0.5,0.9]", "[0.1,0.9]")),
                "its outputs [quantiles_mw float32 [batch, 24, 3]] are not what its manifest says");
    }

    @Test
    void refusesACalendarFeatureThatItDoesNotKnow() {
        assertRefused(
                TestModels.withManifest(MANIFEST.replace("day_of_year", "moon_phase")),
                "calendar feature 'moon_phase' is unknown");
    }

    @Test
    void refusesAFileThatWasNeverSealed() {
        byte[] unsealed = TinyModels.persistence(90, 24, 3)
                .withMetadata(ManifestJson.METADATA_KEY, MANIFEST)
                .toByteArray();

        assertRefused(unsealed, "has no checksum");
    }

    @Test
    void refusesAFileWhoseContentChanged() {
        // given: one weight changed after sealing, the file otherwise intact
        byte[] bytes = TestModels.persistence();
        int weight = indexOf(bytes, new byte[] {0x66, 0x66, 0x66, 0x3f}); // 0.9f, little-endian
        bytes[weight]++;

        assertRefused(bytes, "its content does not match its checksum");
    }

    @Test
    void refusesExternalData() {
        OnnxModel external = TinyModels.withExternalData(TinyModels.persistence(90, 24, 3))
                .withMetadata(ManifestJson.METADATA_KEY, MANIFEST)
                .sealed();

        assertRefused(external.toByteArray(), "points to external data");
    }

    private static void assertRefused(byte[] bytes, String reason) {
        assertThatThrownBy(() -> ModelFile.of("test.onnx", bytes))
                .isInstanceOf(ForecastEngineException.class)
                .hasMessageStartingWith("model test.onnx: ")
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    private static int indexOf(byte[] bytes, byte[] pattern) {
        for (int i = 0; i + pattern.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length)) {
                return i;
            }
        }
        throw new AssertionError("pattern not found");
    }
}
