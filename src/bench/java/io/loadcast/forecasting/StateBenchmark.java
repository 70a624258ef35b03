package io.loadcast.forecasting;

import io.loadcast.domain.Calendar;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.LookbackWindow;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.inference.ModelFile;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a tick does with the state of its region, around the model: with the shapes of the shipped one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StateBenchmark {
    private static final Region REGION = new Region("AEP");
    private static final long FIRST_HOUR = 420_000;
    private static final int HOURS = 200;
    private static final int BATCH_SIZE = 64;

    private final ModelManifest manifest = ModelFile.shipped().manifest();
    private final Calendar calendar = new Calendar(
            CivilCalendar.withoutHolidays(ZoneId.of("America/New_York")), manifest.calendarFeatures());
    private final WindowBatch batch = new WindowBatch(manifest, BATCH_SIZE);
    private final Reading next = reading(FIRST_HOUR + HOURS);
    private RegionState state;
    private int row;

    @Setup
    public void fill() {
        state = RegionState.empty(StateLayout.of(manifest, 24, ScoredLeads.DEFAULT));
        for (int i = 0; i < HOURS; i++) {
            state = state.with(reading(FIRST_HOUR + i), Suspicion.NONE);
        }
    }

    private static Reading reading(long hour) {
        return new Reading(REGION, EpochHour.start(hour), 1000 + 10 * (hour % 24));
    }

    /** A state with one reading more, which was judged. */
    @Benchmark
    public RegionState stateWithReading() {
        return state.with(next, Suspicion.of(state, next, IntakeRules.DEFAULT));
    }

    /** A lookback from the state. */
    @Benchmark
    public LookbackWindow windowFromState() {
        return Objects.requireNonNull(state.windowAt(FIRST_HOUR + HOURS - 1, ImputationLimits.DEFAULT));
    }

    /** A lookback from the state into the batch, with its calendar, which is cached as in serving. */
    @Benchmark
    public WindowBatch windowIntoBatch() {
        if (row++ % BATCH_SIZE == 0) {
            batch.clear();
        }
        batch.add(REGION, windowFromState().loadMw(), FIRST_HOUR + HOURS - 1, calendar);
        return batch;
    }
}
