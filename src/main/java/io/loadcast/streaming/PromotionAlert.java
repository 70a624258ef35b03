package io.loadcast.streaming;

import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.Promotion;
import io.loadcast.forecasting.PromotionRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The alert that a challenger was promoted by rule, or the champion before put back: over as soon as it is raised. */
public final class PromotionAlert {
    private static final int SHORT = 12;

    private PromotionAlert() {}

    /** Raised, and cleared. */
    static List<Alert> of(Promotion promotion, boolean isRollback) {
        return List.of(alert(promotion, isRollback, null), alert(promotion, isRollback, promotion.hour()));
    }

    /** Of a promotion outside the topology: for whoever writes them in a transaction of its own. */
    public static List<ProducerRecord<byte[], byte[]>> records(Topics topics, Promotion promotion, boolean isRollback) {
        return of(promotion, isRollback).stream()
                .map(alert -> {
                    Record<byte[], byte[]> record = ForwardedOutputs.record(alert);
                    return new ProducerRecord<>(
                            topics.alerts(), null, record.timestamp(), record.key(), record.value(), record.headers());
                })
                .toList();
    }

    /** Counts a promotion outside the topology, and its alerts, once they are committed. */
    public static void count(Counters counters, Promotion promotion, boolean isRollback) {
        of(promotion, isRollback).forEach(counters::alert);
        counters.promotion(isRollback);
    }

    private static Alert alert(Promotion promotion, boolean isRollback, @Nullable Long clearedHour) {
        AlertKind kind = isRollback ? AlertKind.MODEL_ROLLED_BACK : AlertKind.MODEL_PROMOTED;
        PromotionRule.Verdict verdict = promotion.verdict();
        String where = promotion.region() == null ? "*" : promotion.region().name();
        String id = kind.key() + "/" + where + "/"
                + promotion.challenger().sha256().substring(0, SHORT) + "/" + OutputJson.time(promotion.hour());
        String message = name(promotion.challenger())
                + (isRollback ? " is champion again" : " is promoted")
                + (promotion.region() == null ? " in all regions" : "")
                + ": it erred by " + text(verdict.challengerPct()) + " %, " + name(promotion.champion()) + " by "
                + text(verdict.championPct()) + " % over " + verdict.hours() + " hours";
        return new Alert(
                id,
                kind,
                promotion.region(),
                promotion.hour(),
                clearedHour,
                message,
                Map.of(
                        "champion", name(promotion.champion()),
                        "champion_sha256", promotion.champion().sha256(),
                        "challenger", name(promotion.challenger()),
                        "challenger_sha256", promotion.challenger().sha256(),
                        "champion_smape_pct", text(verdict.championPct()),
                        "challenger_smape_pct", text(verdict.challengerPct()),
                        "hours", Integer.toString(verdict.hours()),
                        "statistic", text(verdict.statistic()),
                        "p_value", String.format(Locale.ROOT, "%.2g", verdict.pValue())));
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    private static String name(ModelId model) {
        return model.name() + "@" + model.version();
    }
}
