package io.loadcast.inference;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Quantile;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.onnxgraph.TinyModels;
import java.util.List;
import java.util.Map;

/** Files of a model that repeats the last load: everything about them is right. */
public final class TestModels {
    public static final ModelManifest MANIFEST = new ModelManifest(
            "persistence",
            "1",
            "none",
            90,
            24,
            List.of(Quantile.P10, Quantile.P50, Quantile.P90),
            List.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.DAY_OF_WEEK, CalendarFeature.DAY_OF_YEAR),
            Map.of("regions", "none"),
            Map.of("score", 1.5));

    private TestModels() {}

    public static byte[] persistence() {
        return withManifest(ManifestJson.write(MANIFEST));
    }

    public static byte[] withManifest(String manifest) {
        return TinyModels.persistence(90, 24, 3)
                .withMetadata(ManifestJson.METADATA_KEY, manifest)
                .sealed()
                .toByteArray();
    }
}
