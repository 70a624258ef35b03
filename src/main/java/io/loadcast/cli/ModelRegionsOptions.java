package io.loadcast.cli;

import io.loadcast.domain.Region;
import io.loadcast.models.ModelScope;
import java.util.List;
import picocli.CommandLine.Option;

/** For which regions a model is to be changed. */
final class ModelRegionsOptions {
    @Option(
            names = "--regions",
            split = ",",
            converter = OptionTypes.ToRegion.class,
            paramLabel = "REGION",
            description =
                    "Regions that are to have a model of their own, separated by commas. Default: all that have none.")
    private List<Region> regions = List.of();

    /** By name; empty for all that have no model of their own. */
    List<String> names() {
        return regions.stream().map(Region::name).distinct().toList();
    }

    List<ModelScope> scopes() {
        return regions.isEmpty()
                ? List.of(ModelScope.ALL)
                : regions.stream().distinct().map(ModelScope::new).toList();
    }
}
