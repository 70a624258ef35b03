package io.loadcast.streaming;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.ForecastMethod;
import io.loadcast.forecasting.ForecastQuality;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.RunningScore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The records of the topics, from and to JSON: one each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class JsonBenchmark {
    private static final Region REGION = new Region("AEP");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long HOUR = EpochHour.containing(Instant.parse("2018-01-01T05:00:00Z"));
    private static final int HORIZON_HOURS = 24;

    private final byte[] key = "AEP".getBytes(StandardCharsets.UTF_8);
    private final byte[] reading = "{\"region\":\"AEP\",\"valid_time\":\"2018-01-01T05:00:00Z\",\"load_mw\":17953.4}"
            .getBytes(StandardCharsets.UTF_8);
    private final Forecast forecast = new Forecast(
            REGION,
            HOUR,
            0,
            new ModelId("gru-attention", "1", "0123456789abcdef".repeat(4)),
            ForecastMethod.MODEL,
            ForecastQuality.OK,
            null,
            null,
            loadsMw(17_770.1),
            loadsMw(17_874.9),
            loadsMw(17_981.3));
    private final PointScore score = new PointScore(
            HOUR,
            24,
            0,
            false,
            17_953.4,
            17_874.9,
            17_770.1,
            17_981.3,
            17_801.7,
            0.4382,
            0.8486,
            true,
            new RunningScore(24, 1.2345, 2.3456, 79.1667),
            new RunningScore(168, 1.3456, 2.4567, 80.3571),
            new RunningScore(12_345, 1.4567, 2.5678, 80.1216));

    private static double[] loadsMw(double first) {
        return IntStream.range(0, HORIZON_HOURS)
                .mapToDouble(i -> Math.round((first + 113.7 * i) * 10) / 10.0)
                .toArray();
    }

    @Benchmark
    public Reading readingParse() throws InvalidReadingException {
        return ReadingJson.parse(key, reading, NOW);
    }

    @Benchmark
    public byte[] forecastJson() {
        return OutputJson.forecast(forecast);
    }

    @Benchmark
    public byte[] accuracyJson() {
        return OutputJson.accuracy(REGION, forecast.model(), "champion", score);
    }
}
