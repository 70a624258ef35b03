package io.loadcast.streaming;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.RunningScore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes the records of the output topics as plain JSON; see {@code schemas/}. Thread-safe. */
final class OutputJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();
    private static final double PCT_PRECISION = 1e4;

    private OutputJson() {}

    static byte[] forecast(Forecast forecast) {
        return write(768, json -> {
            json.writeStringField("region", forecast.region().name());
            json.writeStringField("issue_time", time(forecast.issueHour()));
            json.writeNumberField("revision", forecast.revision());
            json.writeObjectFieldStart("model");
            json.writeStringField("name", forecast.model().name());
            json.writeStringField("version", forecast.model().version());
            json.writeStringField("sha256", forecast.model().sha256());
            json.writeEndObject();
            json.writeStringField("quality", forecast.quality().name().toLowerCase(Locale.ROOT));
            if (forecast.reason() != null) {
                json.writeStringField("reason", forecast.reason());
            }
            json.writeArrayFieldStart("lead_hours");
            for (int lead = 1; lead <= forecast.horizonHours(); lead++) {
                json.writeNumber(lead);
            }
            json.writeEndArray();
            writeArray(json, "p10_mw", forecast.p10Mw());
            writeArray(json, "p50_mw", forecast.p50Mw());
            writeArray(json, "p90_mw", forecast.p90Mw());
        });
    }

    static byte[] accuracy(Region region, String modelName, PointScore score) {
        return write(640, json -> {
            json.writeStringField("region", region.name());
            json.writeStringField("valid_time", time(score.validHour()));
            json.writeStringField("issue_time", time(score.issueHour()));
            json.writeNumberField("lead_hours", score.leadHours());
            json.writeStringField("model", modelName);
            json.writeNumberField("actual_mw", score.actualMw());
            json.writeNumberField("forecast_mw", score.forecastMw());
            json.writeNumberField("residual_mw", Math.round(score.residualMw() * 1e9) / 1e9);
            json.writeNumberField("smape_pct", pct(score.smapePct()));
            json.writeNumberField("baseline_forecast_mw", score.baselineMw());
            json.writeNumberField("baseline_smape_pct", pct(score.baselineSmapePct()));
            json.writeBooleanField("in_interval", score.inInterval());
            writeRunning(json, "24h", score.last24h());
            writeRunning(json, "168h", score.last168h());
            writeRunning(json, "all", score.all());
        });
    }

    static byte[] alert(Alert alert) {
        return write(384, json -> {
            json.writeStringField("id", alert.id());
            json.writeStringField("kind", alert.kind().key());
            json.writeStringField("severity", alert.kind().severity().key());
            json.writeStringField(
                    "region", alert.region() == null ? null : alert.region().name());
            json.writeStringField("raised_time", time(alert.raisedHour()));
            json.writeStringField("cleared_time", alert.clearedHour() == null ? null : time(alert.clearedHour()));
            json.writeStringField("message", alert.message());
            json.writeObjectFieldStart("evidence");
            for (Map.Entry<String, String> entry : new TreeMap<>(alert.evidence()).entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        });
    }

    private static void writeRunning(JsonGenerator json, String window, RunningScore score) throws IOException {
        json.writeNumberField("count_" + window, score.count());
        json.writeNumberField("smape_" + window + "_pct", pct(score.smapePct()));
        json.writeNumberField("baseline_smape_" + window + "_pct", pct(score.baselineSmapePct()));
        json.writeNumberField("coverage_" + window + "_pct", pct(score.coveragePct()));
    }

    private static void writeArray(JsonGenerator json, String field, double[] values) throws IOException {
        json.writeArrayFieldStart(field);
        for (double value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }

    private static double pct(double value) {
        return Math.round(value * PCT_PRECISION) / PCT_PRECISION;
    }

    static String time(long epochHour) {
        return EpochHour.start(epochHour).toString();
    }

    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static byte[] write(int expectedBytes, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(expectedBytes);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
