package io.loadcast.streaming;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.ChallengerOutputs;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.Promotion;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Forwards challengers' scores and promotions to their sinks, and counts them. Used on the stream thread. */
final class ForwardedChallengers implements ChallengerOutputs {
    private static final int SHORT = 12;

    private final ProcessorContext<byte[], byte[]> context;
    private final Consumer<Alert> alerts;
    private final Counters counters;
    private final RegionPromotion.@Nullable Assigning assigning;

    /**
     * @param alerts where those go that tell of promotions
     * @param promotion null if there are none
     */
    ForwardedChallengers(
            ProcessorContext<byte[], byte[]> context,
            Consumer<Alert> alerts,
            Counters counters,
            @Nullable RegionPromotion promotion) {
        this.context = context;
        this.alerts = alerts;
        this.counters = counters;
        this.assigning = promotion == null ? null : promotion.assigning();
    }

    @Override
    public void score(Region region, ModelId challenger, PointScore score) {
        String validTime = OutputJson.time(score.validHour());
        String id = region + "/" + validTime + "/" + score.leadHours() + "h/" + name(challenger) + "/"
                + shortSha(challenger) + "/challenger/" + score.revision();
        Headers headers = CloudEvent.headers("io.loadcast.accuracy.v1", id, validTime);
        context.forward(
                new Record<>(
                        CloudEvent.utf8(region.name()),
                        OutputJson.accuracy(region, challenger, "challenger", score),
                        EpochHour.start(score.validHour()).toEpochMilli(),
                        headers),
                LoadcastTopology.ACCURACY_SINK);
        counters.challengerScore();
    }

    /** To the models topic, as somebody would who promotes it; and an alert, over as soon as it is raised. */
    @Override
    public void promote(Promotion promotion) {
        long nowMillis = context.currentSystemTimeMs();
        RegionPromotion.Assignment assignment =
                Objects.requireNonNull(assigning).of(promotion, Instant.ofEpochSecond(Math.floorDiv(nowMillis, 1000)));
        context.forward(
                new Record<>(CloudEvent.utf8(assignment.key()), assignment.value(), nowMillis),
                LoadcastTopology.MODELS_SINK);
        PromotionAlert.of(promotion, assignment.isRollback()).forEach(alerts);
        counters.promotion(assignment.isRollback());
    }

    private static String name(ModelId model) {
        return model.name() + "@" + model.version();
    }

    private static String shortSha(ModelId model) {
        return model.sha256().substring(0, SHORT);
    }
}
