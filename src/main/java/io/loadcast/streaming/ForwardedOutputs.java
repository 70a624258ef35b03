package io.loadcast.streaming;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.FallbackCause;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.ForecastOutputs;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.Suspicion;
import io.loadcast.forecasting.Withheld;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forwards scores and forecasts to their sinks, as bytes, and counts them. Used on the stream thread. */
final class ForwardedOutputs implements ForecastOutputs {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardedOutputs.class);

    private final ProcessorContext<byte[], byte[]> context;
    private final Function<Region, ModelId> models;
    private final Counters counters;
    private final Set<Region> unknown = new HashSet<>();

    // Of the region forwarded last: outputs come region by region, several for each hour.
    private @Nullable Region region;
    private byte[] key = {};

    private @Nullable Long newestIssueHour;

    /** @param models the model in force of a region */
    ForwardedOutputs(ProcessorContext<byte[], byte[]> context, Function<Region, ModelId> models, Counters counters) {
        this.context = context;
        this.models = models;
        this.counters = counters;
    }

    /** Named for the model in force, which need not be the one that made the forecast: the state does not keep which it was. */
    @Override
    public void score(Region region, PointScore score) {
        ModelId model = models.apply(region);
        String validTime = OutputJson.time(score.validHour());
        String id = region + "/" + validTime + "/" + score.leadHours() + "h/" + model.name() + "/" + score.revision();
        Headers headers = CloudEvent.headers("io.loadcast.accuracy.v1", id, validTime);
        byte[] value = OutputJson.accuracy(region, model, "champion", score);
        forward(LoadcastTopology.ACCURACY_SINK, region, value, score.validHour(), headers);
    }

    @Override
    public void forecast(Forecast forecast) {
        String issueTime = OutputJson.time(forecast.issueHour());
        String id = forecast.region() + "/" + issueTime + "/" + forecast.model().name() + "@"
                + forecast.model().version() + "/" + forecast.revision();
        Headers headers = CloudEvent.headers("io.loadcast.forecast.v1", id, issueTime);
        byte[] value = OutputJson.forecast(forecast);
        forward(LoadcastTopology.FORECASTS_SINK, forecast.region(), value, forecast.issueHour(), headers);
        counters.forecast(forecast);
        warnOfUnknown(forecast);
        if (newestIssueHour == null || forecast.issueHour() > newestIssueHour) {
            newestIssueHour = forecast.issueHour();
        }
    }

    /** Says once for each region that the model does not know what to do; the counter goes on counting. */
    private void warnOfUnknown(Forecast forecast) {
        if (forecast.cause() == FallbackCause.UNKNOWN_REGION && unknown.add(forecast.region())) {
            LOG.warn(
                    "Model {} was not trained on region {} and cannot forecast it: simple baselines do. Serve a model"
                            + " that was trained on it too, or one that scales by the window and so takes any region,"
                            + " such as the shipped one.",
                    forecast.model().name(),
                    forecast.region());
        }
    }

    /** Of the forecasts forwarded so far: the event time that the task has reached; null before the first. */
    @Nullable
    Long newestIssueHour() {
        return newestIssueHour;
    }

    @Override
    public void alert(Alert alert) {
        context.forward(record(alert), LoadcastTopology.ALERTS_SINK);
        counters.alert(alert);
    }

    /** To its region's partition; to one by its kind if it is no region's, so that it is cleared after it was raised. */
    static Record<byte[], byte[]> record(Alert alert) {
        String time = OutputJson.time(alert.hour());
        String id = alert.id() + (alert.clearedHour() == null ? "/raised" : "/cleared");
        String key =
                alert.region() == null ? alert.kind().key() : alert.region().name();
        return new Record<>(
                CloudEvent.utf8(key),
                OutputJson.alert(alert),
                EpochHour.start(alert.hour()).toEpochMilli(),
                CloudEvent.headers("io.loadcast.alert.v1", id, time));
    }

    @Override
    public void withheld(Region region, Withheld reason) {
        counters.withheld(reason);
    }

    @Override
    public void suspect(Region region, Suspicion suspicion) {
        counters.suspect(suspicion);
    }

    /** Becomes a dead letter, whose headers say where the reading lay that decided it. */
    @Override
    public void unconfirmed(Reading held, @Nullable Long newestReadingHour) {
        counters.heldRefused();
        String clock = newestReadingHour == null
                ? "it had no other reading"
                : "its newest reading was of " + EpochHour.start(newestReadingHour);
        String detail = "valid_time " + held.validTime() + " is too far from what region " + held.region()
                + " was read at to be believed of one reading (" + clock + "), and the next reading did not confirm it."
                + " If it is right, send it again, and then a reading of an hour near it; else set the clock that is"
                + " wrong. loadcast.max-jump-hours says how far is too far";
        Record<byte[], byte[]> record = new Record<>(
                CloudEvent.utf8(held.region().name()),
                OutputJson.reading(held),
                held.validTime().toEpochMilli());
        context.forward(
                DeadLetter.of(
                        record,
                        RejectionReason.UNCONFIRMED,
                        detail,
                        context.recordMetadata().orElseThrow()),
                LoadcastTopology.DEAD_LETTERS_SINK);
    }

    private void forward(String sink, Region of, byte[] value, long hour, Headers headers) {
        if (!of.equals(region)) {
            region = of;
            key = CloudEvent.utf8(of.name());
        }
        context.forward(new Record<>(key, value, EpochHour.start(hour).toEpochMilli(), headers), sink);
    }
}
