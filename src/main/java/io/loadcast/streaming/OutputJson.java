package io.loadcast.streaming;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Megawatts;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.RunningScore;
import io.loadcast.metering.MeteredLoad;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the records of the output topics as plain JSON; see {@code schemas/}. Thread-safe. */
final class OutputJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    /** The memory of a record while it is written. */
    private static final ThreadLocal<ByteArrayOutputStream> BYTES =
            ThreadLocal.withInitial(() -> new ByteArrayOutputStream(1024));

    /** The memory of a number while it is written. */
    private static final ThreadLocal<char[]> DIGITS = ThreadLocal.withInitial(() -> new char[Decimal.MAX_CHARS]);

    /** All regions have the same few hours. Threads that race write the same. */
    private static final @Nullable HourText[] RECENT_HOURS = new HourText[256];

    /** Few models are in force at a time. Threads that race write the same. */
    private static final @Nullable ModelText[] RECENT_MODELS = new ModelText[16];

    private static final RunningNames LAST_24H = RunningNames.of("24h");
    private static final RunningNames LAST_168H = RunningNames.of("168h");
    private static final RunningNames ALL = RunningNames.of("all");

    private OutputJson() {}

    /** A reading as whoever sent it may have written it. */
    static byte[] reading(Reading reading) {
        return write(json -> {
            json.writeStringField("region", reading.region().name());
            json.writeStringField("valid_time", time(reading.epochHour()));
            json.writeNumberField("load_mw", Megawatts.ofStored((float) reading.loadMw()));
        });
    }

    static byte[] forecast(Forecast forecast) {
        String model = model(forecast.model());
        return write(json -> {
            json.writeStringField("region", forecast.region().name());
            json.writeStringField("issue_time", time(forecast.issueHour()));
            json.writeNumberField("revision", forecast.revision());
            json.writeFieldName("model");
            json.writeRawValue(model);
            json.writeStringField("quality", forecast.quality().name().toLowerCase(Locale.ROOT));
            json.writeStringField("method", forecast.method().key());
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

    /** A reading, as a region's feed would send it. */
    static byte[] meteredLoad(MeteredLoad load, BigDecimal loadMw) {
        return write(json -> {
            json.writeStringField("region", load.region().name());
            json.writeStringField("valid_time", time(load.hour()));
            json.writeNumberField("load_mw", loadMw);
            json.writeStringField("quality", load.complete() ? "metered" : "estimated");
            json.writeNumberField("completeness", Math.round(load.completeness() * 1e4) / 1e4);
            json.writeNumberField("revision", load.revision());
        });
    }

    private static String model(ModelId id) {
        int place = Math.floorMod(id.sha256().hashCode(), RECENT_MODELS.length);
        ModelText known = RECENT_MODELS[place];
        if (known == null || !known.id().equals(id)) {
            byte[] text = write(json -> {
                json.writeStringField("name", id.name());
                json.writeStringField("version", id.version());
                json.writeStringField("sha256", id.sha256());
            });
            known = new ModelText(id, new String(text, StandardCharsets.UTF_8));
            RECENT_MODELS[place] = known;
        }
        return known.text();
    }

    private record ModelText(ModelId id, String text) {}

    /** @param role of the model: {@code champion} or {@code challenger} */
    static byte[] accuracy(Region region, ModelId model, String role, PointScore score) {
        return write(json -> {
            json.writeStringField("region", region.name());
            json.writeStringField("valid_time", time(score.validHour()));
            json.writeStringField("issue_time", time(score.issueHour()));
            json.writeNumberField("lead_hours", score.leadHours());
            json.writeNumberField("revision", score.revision());
            json.writeStringField("model", model.name());
            json.writeStringField("role", role);
            json.writeStringField("model_version", model.version());
            json.writeStringField("model_sha256", model.sha256());
            json.writeFieldName("actual_mw");
            json.writeNumber(score.actualMw()); // as it was read, with all its decimals
            writeDecimal(json, "forecast_mw", score.forecastMw());
            json.writeNumberField("residual_mw", Math.round(score.residualMw() * 1e9) / 1e9);
            writeDecimal(json, "smape_pct", score.smapePct());
            writeDecimal(json, "baseline_forecast_mw", score.baselineMw());
            writeDecimal(json, "baseline_smape_pct", score.baselineSmapePct());
            json.writeBooleanField("in_interval", score.inInterval());
            writeRunning(json, LAST_24H, score.last24h());
            writeRunning(json, LAST_168H, score.last168h());
            writeRunning(json, ALL, score.all());
        });
    }

    static byte[] alert(Alert alert) {
        return write(json -> {
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

    private static void writeRunning(JsonGenerator json, RunningNames names, RunningScore score) throws IOException {
        json.writeNumberField(names.count(), score.count());
        writeDecimal(json, names.smape(), score.smapePct());
        writeDecimal(json, names.baselineSmape(), score.baselineSmapePct());
        writeDecimal(json, names.coverage(), score.coveragePct());
    }

    /** The fields of the running score over one window. */
    private record RunningNames(String count, String smape, String baselineSmape, String coverage) {
        static RunningNames of(String window) {
            return new RunningNames(
                    "count_" + window,
                    "smape_" + window + "_pct",
                    "baseline_smape_" + window + "_pct",
                    "coverage_" + window + "_pct");
        }
    }

    private static void writeArray(JsonGenerator json, String field, double[] values) throws IOException {
        json.writeArrayFieldStart(field);
        char[] digits = DIGITS.get();
        for (double value : values) {
            json.writeRawValue(digits, 0, Decimal.write(value, digits));
        }
        json.writeEndArray();
    }

    private static void writeDecimal(JsonGenerator json, String field, double value) throws IOException {
        char[] digits = DIGITS.get();
        json.writeFieldName(field);
        json.writeRawValue(digits, 0, Decimal.write(value, digits));
    }

    static String time(long epochHour) {
        HourText known = RECENT_HOURS[Math.floorMod(epochHour, RECENT_HOURS.length)];
        if (known == null || known.epochHour() != epochHour) {
            known = new HourText(epochHour, EpochHour.start(epochHour).toString());
            RECENT_HOURS[Math.floorMod(epochHour, RECENT_HOURS.length)] = known;
        }
        return known.text();
    }

    private record HourText(long epochHour, String text) {}

    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream bytes = BYTES.get();
        bytes.reset();
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
