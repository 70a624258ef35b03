package io.loadcast.streaming;

import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.FallbackCause;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.ForecastMethod;
import io.loadcast.forecasting.ForecastQuality;
import io.loadcast.forecasting.ReadingOutcome;
import io.loadcast.forecasting.Suspicion;
import io.loadcast.forecasting.Withheld;
import io.loadcast.metering.MeterReadingOutcome;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often what happened since the program started, by outcome: every record ends in exactly one {@code reading.…} or
 * {@code rejected.…}. Counts what was processed, so work that a fault made Kafka Streams repeat counts again. Thread-safe.
 */
public final class Counters {
    private static final String HELD_REFUSED = "held.refused";
    private static final String CHALLENGER_SCORE = "challenger.score";
    private static final String CHALLENGER_LOST = "challenger.lost";
    private static final String CHALLENGER_PROMOTED = "challenger.promoted";
    private static final String CHALLENGER_ROLLED_BACK = "challenger.rolled-back";

    private final Map<String, LongAdder> byName = new ConcurrentHashMap<>();

    /** Those of them that have the name of what is counted in theirs; looked up several times for every reading. */
    private final Map<Enum<?>, LongAdder> byKind = new ConcurrentHashMap<>();

    private final LongAdder due = new LongAdder();
    private volatile String device = "";

    private final TaskListener tasks;

    public Counters() {
        this(TaskListener.NONE);
    }

    /** @param tasks is told what is no count: how tasks get on */
    public Counters(TaskListener tasks) {
        this.tasks = tasks;
        // One that is too late becomes a dead letter and counts among those.
        for (ReadingOutcome outcome : EnumSet.complementOf(EnumSet.of(ReadingOutcome.TOO_LATE))) {
            adder("reading.", outcome);
        }
        // A held reading that is refused was counted when it came.
        for (RejectionReason reason : EnumSet.complementOf(EnumSet.of(RejectionReason.UNCONFIRMED))) {
            adder("rejected." + reason.code());
        }
        adder(HELD_REFUSED);
        for (Suspicion suspicion : EnumSet.complementOf(EnumSet.of(Suspicion.NONE))) {
            adder("suspect.", suspicion);
        }
        for (ForecastQuality quality : ForecastQuality.values()) {
            adder("forecast.", quality);
        }
        for (ForecastMethod method : ForecastMethod.values()) {
            adder("forecast.method.", method);
        }
        for (FallbackCause cause : FallbackCause.values()) {
            adder("forecast.fallback.", cause);
        }
        adder("forecast.issued");
        adder("forecast.reissued");
        for (Withheld reason : Withheld.values()) {
            adder("forecast.withheld.", reason);
        }
        adder(CHALLENGER_SCORE);
        adder(CHALLENGER_LOST);
        adder(CHALLENGER_PROMOTED);
        adder(CHALLENGER_ROLLED_BACK);
        for (AlertKind kind : AlertKind.values()) {
            adder("alert." + kind.key() + ".raised");
            adder("alert." + kind.key() + ".cleared");
        }
    }

    void reading(ReadingOutcome outcome) {
        adder("reading.", outcome).increment();
    }

    void rejected(RejectionReason reason) {
        adder("rejected." + reason.code()).increment();
    }

    void meterReading(MeterReadingOutcome outcome) {
        adder("meter-reading.", outcome).increment();
    }

    void meterReadingRejected(RejectionReason reason) {
        adder("meter-reading.rejected." + reason.code()).increment();
    }

    /** An hour summed over meters has become this, such as {@code scaled}. */
    void meteredHour(String fate) {
        adder("metered-hour." + fate).increment();
    }

    void meterLearned() {
        adder("meter.learned").increment();
    }

    void meterForgotten() {
        adder("meter.forgotten").increment();
    }

    /** A reading that was held is refused, for want of another that confirms it. */
    void heldRefused() {
        adder(HELD_REFUSED).increment();
    }

    void suspect(Suspicion suspicion) {
        adder("suspect.", suspicion).increment();
    }

    void forecast(Forecast forecast) {
        adder("forecast.issued").increment();
        adder("forecast.", forecast.quality()).increment();
        adder("forecast.method.", forecast.method()).increment();
        if (forecast.cause() != null) {
            adder("forecast.fallback.", forecast.cause()).increment();
        }
        if (forecast.revision() > 0) {
            adder("forecast.reissued").increment();
        }
    }

    void withheld(Withheld reason) {
        adder("forecast.withheld.", reason).increment();
    }

    void alert(Alert alert) {
        String change = alert.clearedHour() == null ? ".raised" : ".cleared";
        adder("alert." + alert.kind().key() + change).increment();
    }

    TaskListener tasks() {
        return tasks;
    }

    void challengerScore() {
        adder(CHALLENGER_SCORE).increment();
    }

    /** So many windows were given to challengers that have not forecast them. */
    void challengerLost(long windows) {
        adder(CHALLENGER_LOST).add(windows);
    }

    /** A challenger was promoted by rule, or the champion before it. */
    void promotion(boolean isRollback) {
        adder(isRollback ? CHALLENGER_ROLLED_BACK : CHALLENGER_PROMOTED).increment();
    }

    /** Forecasts run on this device now. */
    void device(String inUse) {
        device = inUse;
    }

    /** What forecasts ran on lately: {@code cpu}, {@code cuda:0}; empty before the first task has started. */
    public String device() {
        return device;
    }

    /** So many hours more are due, or fewer. */
    void due(int change) {
        due.add(change);
    }

    /** How many hours, of the tasks that this program has, were read and wait for their forecast now. */
    public long dueHours() {
        return due.sum();
    }

    /** The counts by name, sorted; a snapshot. */
    public Map<String, Long> snapshot() {
        Map<String, Long> counts = new LinkedHashMap<>();
        new TreeMap<>(byName).forEach((name, adder) -> counts.put(name, adder.sum()));
        return Collections.unmodifiableMap(counts);
    }

    private LongAdder adder(String prefix, Enum<?> kind) {
        LongAdder known = byKind.get(kind);
        return known != null ? known : byKind.computeIfAbsent(kind, counted -> adder(prefix + kebab(counted)));
    }

    private LongAdder adder(String name) {
        return byName.computeIfAbsent(name, key -> new LongAdder());
    }

    private static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
