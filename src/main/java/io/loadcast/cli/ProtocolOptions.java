package io.loadcast.cli;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.training.evaluation.Protocol;
import io.loadcast.training.evaluation.ProtocolEvaluation;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of commands that score forecasts: on which hours, and against what. */
final class ProtocolOptions {
    @Option(
            names = "--protocol",
            paramLabel = "article|rolling",
            defaultValue = "article",
            description =
                    "Which hours are forecast from which. article: per file, the last tenth of all windows of 90 rows, "
                            + "as the article did that docs/models.md compares with. rolling: the last tenth of each "
                            + "region's time, hour by hour as serving meets it, gaps included "
                            + "(default: ${DEFAULT-VALUE}).")
    private Protocol protocol = Protocol.ARTICLE;

    @Option(
            names = "--no-linear",
            description = "Leave out the linear baseline, which is fitted to the hours before the test first.")
    private boolean noLinear;

    ProtocolEvaluation of(List<HourlySeries> series) {
        return new ProtocolEvaluation(protocol, series);
    }

    /** Whether to fit the linear baseline. */
    boolean linear() {
        return !noLinear;
    }
}
