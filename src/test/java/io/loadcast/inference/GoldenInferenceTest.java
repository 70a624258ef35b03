package io.loadcast.inference;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.forecasting.ForecastEngine;
import io.loadcast.forecasting.ForecastEngineException;
import org.junit.jupiter.api.Test;

class GoldenInferenceTest {
    private static final int WINDOWS = 32;

    @Test
    void theShippedModelPasses() {
        try (ForecastEngine engine = open(ModelFile.shipped())) {
            assertThatCode(() -> GoldenInference.require(engine, WINDOWS)).doesNotThrowAnyException();
        }
    }

    @Test
    void aModelThatIsScaledByRegionIsTriedInARegionThatItKnows() {
        byte[] scaled = TestModels.scaled(ManifestJson.write(TestModels.SCALED));
        try (ForecastEngine engine = open(ModelFile.of("test", scaled))) {
            assertThatCode(() -> GoldenInference.require(engine, 1)).doesNotThrowAnyException();
        }
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertRefused(TestModels.notANumber(), "model 'not-a-number' on made-up loads: its forecast 1 h ahead is NaN");
    }

    @Test
    void quantilesThatCrossAreRefused() {
        assertRefused(TestModels.crossing(), "its quantiles cross 1 h ahead");
    }

    @Test
    void aForecastThatDependsOnItsBatchIsRefused() {
        assertRefused(TestModels.meanOfBatch(), "a window's forecast depends on what shares its batch");
    }

    private static void assertRefused(byte[] model, String message) {
        try (ForecastEngine engine = open(ModelFile.of("test", model))) {
            assertThatThrownBy(() -> GoldenInference.require(engine, WINDOWS))
                    .isInstanceOf(ForecastEngineException.class)
                    .hasMessageContaining(message);
        }
    }

    private static ForecastEngine open(ModelFile file) {
        return OnnxForecastEngine.open(file, new EngineOptions(Device.CPU, 1));
    }
}
