package io.loadcast.inference;

import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.Extremes;
import io.loadcast.domain.KnownRegions;
import io.loadcast.domain.Quantile;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionScale;
import io.loadcast.forecasting.ModelManifest;
import io.loadcast.onnxgraph.OnnxFormatException;
import io.loadcast.onnxgraph.OnnxModel;
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

    public static final Region REGION = new Region("north");
    public static final Region OTHER_REGION = new Region("west");

    /** Of a model for the next hour that is scaled by region and knows two. */
    public static final ModelManifest SCALED = new ModelManifest(
            "scaled",
            "1",
            "none",
            90,
            1,
            List.of(Quantile.P10, Quantile.P50, Quantile.P90),
            List.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.MONTH),
            Map.of(
                    REGION,
                    new RegionScale(new Extremes(100, 1000), List.of(new Extremes(0, 23), new Extremes(1, 12))),
                    OTHER_REGION,
                    new RegionScale(new Extremes(50, 100), List.of(new Extremes(0, 23), new Extremes(5, 5)))),
            KnownRegions.NONE,
            Map.of(),
            Map.of());

    /** Of a model for the next hour that knows these two regions, and forecasts others too. */
    public static final ModelManifest KNOWING = new ModelManifest(
            "knowing",
            "1",
            "none",
            90,
            1,
            List.of(Quantile.P10, Quantile.P50, Quantile.P90),
            List.of(CalendarFeature.HOUR_OF_DAY, CalendarFeature.MONTH),
            Map.of(),
            new KnownRegions(List.of(OTHER_REGION, REGION)),
            Map.of(),
            Map.of());

    private TestModels() {}

    /** The shipped model under another name and version: the same forecasts, another file. */
    public static byte[] shippedAs(String name, String version) {
        ModelFile shipped = ModelFile.shipped();
        return named(shipped.bytes(), shipped.manifest(), name, version);
    }

    /** A model that repeats the last load, which fits the states of the shipped one. */
    public static byte[] persistenceAs(String name, String version) {
        return named(persistence(), MANIFEST, name, version);
    }

    /** A persistence model that looks back another number of hours. */
    public static byte[] withLookback(int hours) {
        return sealed(TinyModels.persistence(hours, 24, 3), manifest(MANIFEST, "short", "1", hours));
    }

    public static byte[] notANumber() {
        return sealed(TinyModels.notANumber(90, 24, 3), manifest(MANIFEST, "not-a-number", "1", 90));
    }

    public static byte[] crossing() {
        return sealed(TinyModels.crossing(90, 24, 3), manifest(MANIFEST, "crossing", "1", 90));
    }

    public static byte[] meanOfBatch() {
        return sealed(TinyModels.meanOfBatch(90, 24, 3), manifest(MANIFEST, "mean-of-batch", "1", 90));
    }

    public static byte[] withExternalData() {
        return sealed(
                TinyModels.withExternalData(TinyModels.persistence(90, 24, 3)),
                manifest(MANIFEST, "external", "1", 90));
    }

    private static byte[] named(byte[] model, ModelManifest manifest, String name, String version) {
        try {
            return sealed(OnnxModel.parse(model), manifest(manifest, name, version, manifest.lookbackHours()));
        } catch (OnnxFormatException e) {
            throw new AssertionError(e);
        }
    }

    private static ModelManifest manifest(ModelManifest like, String name, String version, int lookback) {
        return new ModelManifest(
                name,
                version,
                like.architecture(),
                lookback,
                like.horizonHours(),
                like.quantiles(),
                like.calendarFeatures(),
                like.regionScales(),
                like.knownRegions(),
                like.training(),
                like.scores());
    }

    private static byte[] sealed(OnnxModel model, ModelManifest manifest) {
        return model.withMetadata(ManifestJson.METADATA_KEY, ManifestJson.write(manifest))
                .sealed()
                .toByteArray();
    }

    /** A model of {@link #KNOWING} shapes with this manifest, which forecasts the region's number in MW. */
    public static byte[] knowing(String manifest) {
        return TinyModels.regionNumber(90, 1, 2)
                .withMetadata(ManifestJson.METADATA_KEY, manifest)
                .sealed()
                .toByteArray();
    }

    /** A model of {@link #SCALED} shapes with this manifest, which forecasts the width of the load's range. */
    public static byte[] scaled(String manifest) {
        return TinyModels.loadRange(90, 1, 2)
                .withMetadata(ManifestJson.METADATA_KEY, manifest)
                .sealed()
                .toByteArray();
    }

    /** A model of {@link #MANIFEST} shapes that repeats the last day; see {@link TinyModels#dailyRange}. */
    public static byte[] dailyRange() {
        return TinyModels.dailyRange(3)
                .withMetadata(ManifestJson.METADATA_KEY, ManifestJson.write(MANIFEST))
                .sealed()
                .toByteArray();
    }

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
