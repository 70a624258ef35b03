package io.loadcast.onnxgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxModelTest {
    private final OnnxModel model = TinyModels.persistence(90, 24, 3);

    @Test
    void survivesTheWayThroughAFile() throws Exception {
        // given
        OnnxModel written = model.withMetadata("key", "value");

        // when
        OnnxModel read = OnnxModel.parse(written.toByteArray());

        // then
        assertThat(read.toByteArray()).isEqualTo(written.toByteArray());
        assertThat(read.metadata()).containsEntry("key", "value");
        assertThat(read.inputs()).hasToString("[load_mw float32 [batch, 90], calendar float32 [batch, 114, 3]]");
        assertThat(read.outputs()).containsExactly(TensorSpec.batched("quantiles_mw", 24, 3));
        assertThat(read.parameters()).isEqualTo(24 * 3);
    }

    @Test
    void sealHoldsUntilTheModelChanges() throws Exception {
        // given
        OnnxModel sealed = model.withMetadata("key", "value").sealed();

        // when
        OnnxModel read = OnnxModel.parse(sealed.toByteArray());
        OnnxModel changed = read.withMetadata("key", "other");

        // then
        assertThat(read.sealedSha256()).contains(read.contentSha256());
        assertThat(changed.sealedSha256()).isEmpty();
        assertThat(changed.contentSha256()).isNotEqualTo(read.contentSha256());
    }

    @Test
    void seesTensorsThatLieInAnotherFile() {
        assertThat(model.hasExternalData()).isFalse();
        assertThat(TinyModels.withExternalData(model).hasExternalData()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "load_mw,valid_time\n1,2\n", "\0\0\0\0"})
    void refusesBytesThatAreNoModel(String text) {
        assertThatThrownBy(() -> OnnxModel.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining("not an ONNX model");
    }

    @Test
    void builderRefusesAConstantThatDoesNotFillItsShape() {
        GraphBuilder graph = new GraphBuilder("g");

        assertThatThrownBy(() -> graph.floats("w", new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("constant w: 5 values do not fill [2, 3]");
    }
}
